import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { createAcceptance } from '../../../shared/protocol/offline/acceptance.ts';
import { unwrap } from '../../support/devices.ts';
import { type EnrolledTill, makeRequest, sellOffline } from '../../support/enrol.ts';
import { HOUR_MS, openPayer, outcomeOf, wait } from '../offline/offline-world.ts';
import { ledgerOf, openTill } from '../support/test-app.ts';

let till: EnrolledTill;
let hostile: EnrolledTill;

beforeAll(async () => {
  till = await openTill();
  hostile = await openTill();
});

afterEach(async () => {
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
  vi.useRealTimers();
});

/** Whoever has a consent, and a till of the programme: signs that this other till took it, long before it was given. */
describe('the word of another till than the one that asked', () => {
  it.each(['for the request that was asked', 'for a request of its own'])(
    '%s does not stand in place of the word of the one that asked',
    async (named) => {
      const payer = await openPayer();
      const sale = await sellOffline(payer, till, 900);
      const asked = unwrap(await till.terminal.verify(sale.request.document, Date.now()));
      const own = await makeRequest(hostile, 900);
      const { hash: requestHash } = named.includes('own') ? own : asked;
      const consent = { hash: sale.hash, requestHash, amountMinor: asked.amountMinor };
      const longAgoMs = Date.now() - 24 * HOUR_MS;
      const list = { version: 0, issuedAtMs: longAgoMs };
      const word = await createAcceptance(consent, list, longAgoMs, hostile.terminal.key);
      const spoilt = { ...sale.byWallet, ...own.call, acceptance: encodeBase64url(word) };
      wait(HOUR_MS);
      for (const call of [spoilt, { ...spoilt, isTillAway: true }]) expect(await outcomeOf(call)).not.toBe('paid');
      expect(await outcomeOf(sale.byTill)).toBe('paid');
    },
  );
});
