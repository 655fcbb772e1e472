import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { unwrap } from '../../support/devices.ts';
import {
  createAuthoriseCall,
  createChargeCall,
  type EnrolledTill,
  type EnrolledWallet,
  makeRequest,
  requestPayment,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';

/** What can be done by who scanned a till's code and holds no key of anybody. */

let till: EnrolledTill;
let wallet: EnrolledWallet;

beforeEach(async () => {
  [till, wallet] = [await openTill(), await openWallet()];
});

afterEach(async () => {
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

const post = (path: string, call: object) => createClient().post<PaymentAnswer & { receipt?: string }>(path, call);
const random = (length: number) => encodeBase64url(crypto.getRandomValues(new Uint8Array(length)));

async function look(traceKey: TraceKey): Promise<PaymentAnswer> {
  return (await till.client.get<PaymentAnswer>(`payments/${traceKey}`)).body;
}

/** All that a stranger can put together: the till's request, somebody's certificate, and noise. */
async function createNoise(request: Awaited<ReturnType<typeof makeRequest>>) {
  const genuine = await createAuthoriseCall(wallet, till, request);
  const unsigned = genuine.authorisation.slice(0, -8).concat(random(6));
  return [
    ['pay-code-charges', { ...request.call, capture: random(40), codes: ['A', 'B'] }],
    ['authorisations', { ...genuine, walletCertificate: random(200) }],
    ['authorisations', { ...genuine, authorisation: random(120) }],
    ['authorisations', { ...genuine, authorisation: unsigned }],
    ['authorisations', { ...genuine, assertion: random(90) }],
  ] as const;
}

describe('a stranger with a till’s code', () => {
  it('shows its cashier nothing, and gets no receipt', async () => {
    const { request, answer } = await requestPayment(till, 900);
    for (const [path, call] of await createNoise(request)) {
      const refused = await post(path, call);
      expect([refused.status >= 400 && refused.status < 500, refused.body.receipt]).toEqual([true, undefined]);
    }
    expect((await look(answer.body.traceKey)).lastRefusal).toBeUndefined();
    expect((await ledgerOf().paymentDetails(answer.body.traceKey))?.attempts).toEqual([]);
  });

  it('does not keep the refusals of others out of the books', async () => {
    const { request, answer } = await requestPayment(till, 9_000);
    for (let round = 0; round < 25; round += 1)
      for (const [path, call] of await createNoise(request)) await post(path, call);
    const refused = await post('authorisations', await createAuthoriseCall(wallet, till, request));
    expect(refused.body).toMatchObject({ code: 'insufficient_balance', receipt: expect.any(String) });
    const { lastRefusal } = await look(answer.body.traceKey);
    expect(lastRefusal).toEqual({ code: 'insufficient_balance', receipt: refused.body.receipt });
    // What proves nothing is written down twenty times an hour of a terminal, outside of the payment.
    const { terminalId } = till.terminal.trusted.content;
    const page = unwrap(await ledgerOf().searchPayments({ text: terminalId, status: 'refused', limit: 100 }));
    expect(page.rows.filter(({ traceKey }) => traceKey === undefined)).toHaveLength(20);
  });

  it('hands no request in with a capture that the till did not sign', async () => {
    const request = await makeRequest(till, 100);
    await post('pay-code-charges', { ...request.call, capture: random(40), codes: ['A', 'B'] });
    const { traceKey } = unwrap(await till.terminal.verify(request.document, Date.now()));
    expect(await ledgerOf().payment(traceKey)).toBeUndefined();
  });
});

describe('a customer with a card', () => {
  it('fills what is kept of consents, and the till may still charge a pay code and see it refused', async () => {
    const { request, answer } = await requestPayment(till, 900);
    for (let count = 0; count < 101; count += 1)
      await post('authorisations', await createAuthoriseCall(wallet, till, request, { tamperSignature: true }));
    const other = await openWallet('Other');
    const nowMs = Date.now();
    const payCode = await other.wallet.createPayCode(100, nowMs);
    const code = await other.wallet.show(payCode, nowMs - 300);
    const refused = await post('pay-code-charges', await createChargeCall(till, request, code));
    expect(refused.body).toMatchObject({ code: 'pay_code_cap_exceeded', receipt: expect.any(String) });
    expect((await look(answer.body.traceKey)).lastRefusal?.code).toBe('pay_code_cap_exceeded');
  });
});

describe('a request that the customer’s phone carried', () => {
  /** Paid while the till has no network. */
  async function carry() {
    const request = await makeRequest(till, 450);
    const call = { ...(await createAuthoriseCall(wallet, till, request)), isTillAway: true };
    const { traceKey } = (await post('authorisations', call)).body;
    const state = async () => (await ledgerOf().paymentDetails(traceKey))?.request?.carried;
    expect(await state()).toBe('not-matched');
    return { request, state };
  }

  it('is not matched by who is not its till', async () => {
    const { request, state } = await carry();
    const others = await openTill();
    await post('requests', request.call);
    await wallet.client.post('requests', request.call);
    await others.client.post('requests', request.call);
    await post('pay-code-charges', { ...request.call, capture: random(40), codes: ['A', 'B'] });
    expect(await state()).toBe('not-matched');
    expect((await till.client.post<PaymentAnswer>('requests', request.call)).body.status).toBe('paid');
    expect(await state()).toBe('matched');
  });

  it('is matched by a capture that its till signed for it', async () => {
    const { request, state } = await carry();
    const nowMs = Date.now();
    const code = await wallet.wallet.show(await wallet.wallet.createPayCode(500, nowMs), nowMs - 300);
    expect((await post('pay-code-charges', await createChargeCall(till, request, code))).body.code).toBe(
      'already_paid',
    );
    expect(await state()).toBe('matched');
  });
});
