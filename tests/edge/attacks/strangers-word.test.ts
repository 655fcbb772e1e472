import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { type EnrolledTill, type EnrolledWallet, type OfflineSale, sellOffline } from '../../support/enrol.ts';
import { expectWholeBooks, HOUR_MS, openPayer, outcomeOf, wait } from '../offline/offline-world.ts';
import { createClient, openTill } from '../support/test-app.ts';

/**
 * Whoever scanned the code of a till without network may hand its request in. It tells the till nothing, and so it does not make
 * the customer's word too late.
 */

let till: EnrolledTill;
let payer: EnrolledWallet;
let sale: OfflineSale;

beforeEach(async () => {
  [till, payer] = [await openTill(), await openPayer()];
  sale = await sellOffline(payer, till, 400);
});

afterEach(expectWholeBooks);

async function submit(client = createClient()): Promise<string> {
  const { body } = await client.post<PaymentAnswer>('requests', sale.request.call);
  return body.code ?? body.status;
}

it('a stranger who hands a request in in time does not end it for the phone', async () => {
  expect(await submit()).toBe('waiting');
  wait(HOUR_MS);
  expect(await submit()).toBe('expired');
  expect(await outcomeOf(sale.byWallet)).toBe('paid');
  expect(await submit(till.client)).toBe('paid');
});

it('nor one who does so too late; and the till is told that it is paid, when it comes', async () => {
  wait(HOUR_MS);
  expect(await submit()).toBe('request_expired');
  expect(await submit((await openTill()).client)).toBe('request_expired');
  expect(await outcomeOf(sale.byWallet)).toBe('paid');
  expect(await submit(till.client)).toBe('paid');
  expect(await outcomeOf(sale.byTill)).toBe('paid');
});

it.each([
  ['after a stranger did in time', async () => expect(await submit()).toBe('waiting'), 'expired'],
  [
    'after a stranger did too late',
    async () => {
      wait(HOUR_MS);
      expect(await submit()).toBe('request_expired');
    },
    'request_expired',
  ],
])('the till that comes too late itself is paid by its own word alone, %s', async (_, stranger, told) => {
  await stranger();
  wait(HOUR_MS);
  expect(await submit(till.client)).toBe(told);
  expect(await outcomeOf(sale.byWallet)).toBe('request_expired');
  expect(await outcomeOf(sale.byTill)).toBe('paid');
});

it('the till that waits itself for what a stranger handed in before it is paid by its own word alone', async () => {
  for (const client of [createClient(), till.client]) expect(await submit(client)).toBe('waiting');
  wait(HOUR_MS);
  expect(await outcomeOf(sale.byWallet)).toBe('request_expired');
  expect(await outcomeOf(sale.byTill)).toBe('paid');
});
