import { afterEach, expect, it } from 'vitest';
import { consentOffline, makeRequest } from '../../support/enrol.ts';
import { openTill } from '../support/test-app.ts';
import { expectWholeBooks, HOUR_MS, openPayer, outcomeOf, wait } from './offline-world.ts';

const AHEAD_MS = 200_000;

afterEach(expectWholeBooks);

it('a consent from the future is refused to its phone for good, also when its time has come; the till may come again', async () => {
  const till = await openTill();
  const payer = await openPayer();
  const request = await makeRequest(till, 500, Date.now(), { validForSeconds: 600 });
  wait(AHEAD_MS);
  const sale = await consentOffline(payer, till, request);
  wait(-AHEAD_MS);
  const byWallet = { ...sale.byWallet, isTillAway: true };
  expect(await outcomeOf(byWallet)).toBe('clock_off');
  expect(await outcomeOf(sale.byTill)).toBe('clock_off');
  wait(HOUR_MS);
  // A copy that was held up on its way.
  expect(await outcomeOf(byWallet)).toBe('clock_off');
  expect(await outcomeOf(sale.byTill)).toBe('paid');
});
