import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { TerminalPaymentsAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { unwrap } from '../../support/devices.ts';
import { type EnrolledTill, type EnrolledWallet, type OfflineSale, sellOffline } from '../../support/enrol.ts';
import { HOUR_MS, openPayer, outcomeOf, wait } from '../offline/offline-world.ts';
import { createClient, ledgerOf, openTill, registryOf } from '../support/test-app.ts';

/**
 * Whatever way a till hears that nobody paid its request, the cashier asks for another payment: the customer's phone, which was away,
 * pays no second time by its own word.
 */

let till: EnrolledTill;
let payer: EnrolledWallet;
let sale: OfflineSale;
let traceKey: TraceKey;

beforeEach(async () => {
  [till, payer] = [await openTill(), await openPayer()];
  sale = await sellOffline(payer, till, 400);
  ({ traceKey } = unwrap(await till.terminal.verify(sale.request.document, Date.now())));
});

afterEach(async () => {
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
  vi.useRealTimers();
});

async function submit(client = createClient()): Promise<string> {
  const { body } = await client.post<PaymentAnswer>('requests', sale.request.call);
  return body.code ?? body.status;
}

async function look(): Promise<string> {
  const { body } = await till.client.get<PaymentAnswer>(`payments/${traceKey}`);
  return body.code ?? body.status;
}

async function list(): Promise<string | undefined> {
  const { body } = await till.client.get<TerminalPaymentsAnswer>('terminals/payments');
  return body.payments[0]?.status;
}

async function expectTold(): Promise<void> {
  expect(await outcomeOf(sale.byWallet)).toBe('request_expired');
  expect(await outcomeOf(sale.byTill)).toBe('paid');
}

it.each([
  ['asks', look],
  ['lists its payments', list],
])('a till whose session had ended when it handed in is told as soon as it %s', async (_, ask) => {
  expect(await submit()).toBe('waiting');
  expect(await ask()).toBe('waiting');
  wait(HOUR_MS);
  await expectTold();
});

it.each([
  ['asks', look],
  ['lists its payments', list],
])('a till that %s after the end of what a stranger handed in is told', async (_, ask) => {
  expect(await submit()).toBe('waiting');
  wait(HOUR_MS);
  expect(await ask()).toBe('expired');
  await expectTold();
});

it('a till that was refused for good in time, whatever for, is told', async () => {
  const registry = await registryOf();
  const { merchantNo } = till.terminal.trusted.content;
  const setStatus = (status: 'open' | 'closed') => registry.shops.setOperatorStatus(merchantNo, '01' as never, status);
  unwrap(await setStatus('closed'));
  expect(await submit(till.client)).toBe('operator_unknown');
  unwrap(await setStatus('open'));
  wait(HOUR_MS);
  await expectTold();
});

it('whoever lists or asks with nothing to be told is told nothing new', async () => {
  expect(await look()).toBe('not_found');
  wait(HOUR_MS);
  expect(await outcomeOf(sale.byWallet)).toBe('paid');
  expect([await look(), await list()]).toEqual(['paid', 'paid']);
});
