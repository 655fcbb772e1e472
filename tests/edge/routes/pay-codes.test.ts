import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { verifyReceiptOf } from '../../../shared/protocol/payment/verify-receipt.ts';
import type { PayCodeAnswer, WalletSocketMessage } from '../../../shared/protocol/wire/pay-codes.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { type ApiAnswer, expectDone } from '../../support/api-client.ts';
import { type TestPayCode, unwrap } from '../../support/devices.ts';
import {
  createAuthoriseCall,
  createChargeCall,
  type EnrolledTill,
  type EnrolledWallet,
  makeRequest,
  requestPayment,
  secretOf,
  trustOf,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet, origin } from '../support/test-app.ts';

const MODES = ['split', 'cross-check'] as const;
type Mode = (typeof MODES)[number];

let till: EnrolledTill;
let wallet: EnrolledWallet;

beforeEach(async () => {
  [till, wallet] = [await openTill(), await openWallet()];
});

/** After everything that was tried: the books balance, and every signature in them holds. */
afterEach(async () => {
  vi.useRealTimers();
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

function show(payCode: TestPayCode, mode: Mode = 'split', nowMs = Date.now()) {
  return wallet.wallet.show(payCode, nowMs, mode === 'cross-check' ? secretOf(wallet) : undefined);
}

/** Shows a pay code, and scans it for a request that the till has not handed in before. */
async function prepareCharge(amountMinor: number, capMinor: number, mode: Mode = 'split') {
  const nowMs = Date.now();
  const payCode = await wallet.wallet.createPayCode(capMinor, nowMs);
  const request = await makeRequest(till, amountMinor);
  const call = await createChargeCall(till, request, await show(payCode, mode, nowMs - 500));
  return { payCode, request, call };
}

function charge(call: object): Promise<ApiAnswer<PaymentAnswer>> {
  return createClient().post<PaymentAnswer>('pay-code-charges', call);
}

async function availableMinor({ client }: EnrolledWallet): Promise<number> {
  const { cards } = expectDone(await client.post<{ cards: { availableMinor: number }[] }>('wallet/sync'));
  return cards[0]!.availableMinor;
}

async function openSocket({ client }: EnrolledWallet) {
  const response = await client.send('GET', 'wallet/socket', { headers: { upgrade: 'websocket', origin } });
  const socket = response.webSocket!;
  const told: PayCodeAnswer[] = [];
  socket.addEventListener('message', ({ data }) => {
    told.push((JSON.parse(data as string) as WalletSocketMessage).payCode);
  });
  socket.accept();
  return { socket, told };
}

describe.each(MODES)('a pay code in %s mode', (mode) => {
  it('pays what the till asks for, at once, and both sides have the same receipt', async () => {
    const { payCode, request, call } = await prepareCharge(1250, 2000, mode);
    const paid = expectDone(await charge(call));
    expect(paid).toMatchObject({ status: 'paid', receipt: expect.any(String) });
    const trust = await trustOf(till.answer.programme);
    const receipt = unwrap(
      await verifyReceiptOf({ ...request, amountMinor: 1250 }, decodeBase64url(paid.receipt!)!, trust),
    );
    expect(receipt.authorisationHash).toEqual(payCode.hash);
    expect(await availableMinor(wallet)).toBe(5000 - 1250);
    const { movements } = expectDone(await wallet.client.get<{ movements: object[] }>('wallet/movements'));
    expect(movements[0]).toMatchObject({ kind: 'payment', amountMinor: -1250, receipt: paid.receipt });
    expect((await till.client.get(`payments/${paid.traceKey}`)).body).toMatchObject({ receipt: paid.receipt });
    const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}`;
    expect((await wallet.client.get(path)).body).toMatchObject({ status: 'paid', payment: { receipt: paid.receipt } });
  });

  it('takes a phone’s clock that is 9 s off, and none that is 11 s off', async () => {
    for (const [offSeconds, status] of [
      [9, 200],
      [-9, 200],
      [11, 422],
      [-11, 422],
    ] as const) {
      const nowMs = Date.now();
      const payCode = await wallet.wallet.createPayCode(100, nowMs - 15_000);
      const code = await show(payCode, mode, nowMs - offSeconds * 1000);
      const capturedAtMs = [nowMs, nowMs + 250] as const;
      const call = await createChargeCall(till, await makeRequest(till, 100), code, { capturedAtMs });
      const answer = await charge(call);
      expect([offSeconds, answer.status]).toEqual([offSeconds, status]);
      if (status === 422) expect(answer.body.code).toBe(offSeconds > 0 ? 'twin_code_stale' : 'clock_off');
    }
  });
});

describe('a charge', () => {
  it('that is repeated gets its first answer, byte for byte, however late', async () => {
    const { call } = await prepareCharge(300, 500);
    const first = await charge(call);
    expect(first.status).toBe(200);
    expect((await charge(call)).body).toEqual(first.body);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 24 * 3_600_000 });
    expect((await charge(call)).body).toEqual(first.body);
  });

  it('that was refused is refused with the same receipt, however late', async () => {
    const { call } = await prepareCharge(900, 500);
    const worthless = await prepareCharge(900, 500);
    const spoilt = { ...worthless.call, codes: [worthless.call.codes[0], worthless.call.codes[0]] };
    const [first, second] = [await charge(call), await charge(spoilt)];
    expect([first.body.code, second.body.code]).toEqual(['pay_code_cap_exceeded', 'twin_code_incomplete']);
    expect(first.body.receipt).toBeDefined();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
    expect((await charge(call)).body).toEqual(first.body);
    expect((await charge(spoilt)).body).toEqual(second.body);
  });

  it('pays a request that was handed in before, and leaves it waiting where it is refused', async () => {
    const { request } = await requestPayment(till, 700);
    const nowMs = Date.now();
    const low = await wallet.wallet.createPayCode(100, nowMs);
    const refused = await charge(await createChargeCall(till, request, await show(low, 'split', nowMs - 300)));
    expect([refused.status, refused.body.code]).toEqual([422, 'pay_code_cap_exceeded']);
    const enough = await wallet.wallet.createPayCode(1000, nowMs);
    const call = await createChargeCall(till, request, await show(enough, 'split', nowMs - 300));
    const paid = await charge(call);
    expect(paid.body.status).toBe('paid');
    const details = await ledgerOf().paymentDetails(paid.body.traceKey);
    expect(details?.attempts).toMatchObject([
      { kind: 'charge', code: 'pay_code_cap_exceeded', cardEnding: expect.any(String) },
    ]);
    expect(details?.paid?.payCode).toMatchObject({ capMinor: 1000 });
    expect(Object.keys(details?.evidence ?? {})).toEqual(
      expect.arrayContaining(['showing', 'capture', 'assertion', 'walletCertificate']),
    );
  });

  it('reads the codes in whichever order they came', async () => {
    const { call } = await prepareCharge(100, 100);
    expect((await charge({ ...call, codes: [call.codes[1], call.codes[0]] })).body.status).toBe('paid');
  });

  it('of an unlawful request is refused as the request is', async () => {
    const nowMs = Date.now();
    const payCode = await wallet.wallet.createPayCode(100, nowMs);
    const created = await till.terminal.createRequest(100, nowMs, { operatorNo: '99' as never });
    const request = {
      call: { ...(await prepareCharge(100, 100)).request.call, request: encodeBase64url(created.document) },
      document: created.document,
      hash: created.hash,
    };
    const call = await createChargeCall(till, request, await show(payCode, 'split', nowMs - 300));
    expect((await charge(call)).body.code).toBe('operator_unknown');
  });

  it('is refused above what is on the card', async () => {
    const { call } = await prepareCharge(4_900, 5_000);
    expect((await charge(call)).body.status).toBe('paid');
    const { call: second } = await prepareCharge(200, 5_000);
    const refused = await charge(second);
    expect([refused.status, refused.body.code]).toEqual([422, 'insufficient_balance']);
  });

  it('of two hundred random bodies is refused, and never a fault', async () => {
    const { call } = await prepareCharge(100, 100);
    const random = (length: number) => encodeBase64url(crypto.getRandomValues(new Uint8Array(length)));
    for (let round = 0; round < 200; round += 1) {
      const field = ['request', 'terminalCertificate', 'capture', 'codes'][round % 4]!;
      const value =
        field === 'codes'
          ? [call.codes[round % 2], random(1 + (round % 300)).toUpperCase()]
          : random(1 + ((round * 7) % 900));
      const { status } = await charge({ ...call, [field]: value });
      expect([field, value, status >= 400 && status < 500]).toEqual([field, value, true]);
    }
    expect((await charge({ ...call, extra: 1 })).status).toBe(400);
    expect(await availableMinor(wallet)).toBe(5000);
  });
});

describe('above what a pay code covers', () => {
  it.each([
    ['its cap', 900, 500, 'pay_code_cap_exceeded'],
    ['the step-up amount', 5_001, 6_000, 'step_up_unreachable'],
  ])('%s, it is refused where the phone cannot be asked', async (_words, amountMinor, capMinor, code) => {
    const { call, payCode } = await prepareCharge(amountMinor, capMinor);
    const refused = await charge(call);
    expect([refused.status, refused.body.code]).toEqual([422, code]);
    const standing = (await wallet.client.get(`wallet/pay-codes/${encodeBase64url(payCode.hash)}`)).body;
    expect(standing).toMatchObject({ status: 'open', lastRefusal: { code, receipt: refused.body.receipt } });
  });

  it('the phone that listens is asked, and pays the order by its passkey', async () => {
    const { told, socket } = await openSocket(wallet);
    const { call, payCode, request } = await prepareCharge(900, 500);
    const waiting = expectDone(await charge(call));
    expect(waiting).toMatchObject({ status: 'waiting', isCustomerAsked: true });
    expect(expectDone(await charge(call))).toEqual(waiting);
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ status: 'asked', order: request.call });
    expect((await till.client.get(`payments/${waiting.traceKey}`)).body).toMatchObject({ isCustomerAsked: true });

    const paid = await wallet.client.post<PaymentAnswer>(
      'authorisations',
      await createAuthoriseCall(wallet, till, request),
    );
    expect(paid.body.status).toBe('paid');
    expect(paid.body.isCustomerAsked).toBeUndefined();
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ status: 'paid', payment: { receipt: paid.body.receipt } });
    expect(expectDone(await charge(call))).toEqual(paid.body);
    // It is used up by the question.
    const nowMs = Date.now();
    const again = await createChargeCall(till, await makeRequest(till, 100), await show(payCode, 'split', nowMs - 300));
    expect((await charge(again)).body.code).toBe('pay_code_used');
    socket.close();
  });

  it('the customer may decline, and the till is told', async () => {
    const { told, socket } = await openSocket(wallet);
    const { call, payCode } = await prepareCharge(900, 500);
    const waiting = expectDone(await charge(call));
    const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}`;
    const content = encodeBase64url(payCode.content);
    const declined = await wallet.client.post<PayCodeAnswer>(`${path}/cancel`, { content });
    expect(declined.body).toMatchObject({ status: 'cancelled', payment: { status: 'waiting' } });
    const standing = expectDone(await till.client.get<PaymentAnswer>(`payments/${waiting.traceKey}`));
    expect([standing.status, standing.isCustomerAsked]).toEqual(['waiting', undefined]);
    await expect.poll(() => told.at(-1)?.status).toBe('cancelled');
    socket.close();
  });

  it('is over when the shop takes its request back', async () => {
    const { told, socket } = await openSocket(wallet);
    const { call, request } = await prepareCharge(900, 500);
    expect(expectDone(await charge(call)).isCustomerAsked).toBe(true);
    const verified = unwrap(await till.terminal.verify(request.document, Date.now()));
    const cancellation = encodeBase64url(await till.terminal.createCancellation(verified, Date.now()));
    const { terminalCertificate } = request.call;
    expectDone(await createClient().post('requests/cancel', { cancellation, terminalCertificate }));
    await expect.poll(() => told.at(-1)).toMatchObject({ status: 'cancelled', payment: { status: 'cancelled' } });
    expect((await charge(call)).body.status).toBe('cancelled');
    socket.close();
  });

  it('is nobody else’s to hear of', async () => {
    const other = await openWallet('Other');
    const { told, socket } = await openSocket(other);
    const { call } = await prepareCharge(900, 500);
    expect((await charge(call)).body.code).toBe('pay_code_cap_exceeded');
    expect(told).toEqual([]);
    socket.close();
  });

  it('is over with the request', async () => {
    const { told, socket } = await openSocket(wallet);
    const { call, payCode } = await prepareCharge(900, 500);
    expect(expectDone(await charge(call)).isCustomerAsked).toBe(true);
    await expect.poll(() => told.length).toBe(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 200_000 });
    const standing = (await wallet.client.get(`wallet/pay-codes/${encodeBase64url(payCode.hash)}`)).body;
    expect(standing).toMatchObject({ status: 'cancelled', payment: { status: 'expired' } });
    socket.close();
  });
});

describe('a pay code', () => {
  it('tells its phone when it is paid, and when it is refused', async () => {
    const { told, socket } = await openSocket(wallet);
    const { call, payCode } = await prepareCharge(4_900, 5_000);
    const paid = expectDone(await charge(call));
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toEqual({
      payCode: encodeBase64url(payCode.hash),
      status: 'paid',
      payment: expect.objectContaining({ receipt: paid.receipt }),
    });
    const poor = await prepareCharge(200, 500);
    await charge(poor.call);
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ status: 'open', lastRefusal: { code: 'insufficient_balance' } });
    socket.close();
  });

  it('that was taken back pays nothing, though the centre had never seen it', async () => {
    const { call, payCode } = await prepareCharge(100, 500);
    const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}`;
    expect((await wallet.client.get(path)).body).toEqual({ payCode: encodeBase64url(payCode.hash), status: 'open' });
    const content = encodeBase64url(payCode.content);
    for (let time = 0; time < 2; time += 1)
      expect((await wallet.client.post(`${path}/cancel`, { content })).body).toMatchObject({ status: 'cancelled' });
    const refused = await charge(call);
    expect([refused.status, refused.body.code]).toEqual([409, 'pay_code_cancelled']);
    expect((await wallet.client.get(path)).body).toMatchObject({ status: 'cancelled' });
  });

  it('that paid is not taken back', async () => {
    const { call, payCode } = await prepareCharge(100, 500);
    expectDone(await charge(call));
    const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}/cancel`;
    const answer = await wallet.client.post(path, { content: encodeBase64url(payCode.content) });
    expect(answer.body).toMatchObject({ status: 'paid' });
  });

  it('is nobody else’s to see or take back', async () => {
    const other = await openWallet('Other');
    const { call, payCode } = await prepareCharge(100, 500);
    const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}`;
    const content = encodeBase64url(payCode.content);
    expect((await other.client.post(`${path}/cancel`, { content })).body.code).toBe('not_found');
    expectDone(await charge(call));
    expect((await other.client.get(path)).body.code).toBe('not_found');
    expect((await createClient().get(path)).status).toBe(401);
    expect((await wallet.client.get('wallet/pay-codes/AAAA')).status).toBe(404);
    const wrong = encodeBase64url(new Uint8Array(32).fill(7));
    expect((await wallet.client.post(`wallet/pay-codes/${wrong}/cancel`, { content })).body.code).toBe(
      'document_malformed',
    );
  });

  it('that is too old is not remembered, and neither is one from the future', async () => {
    const cancel = async (nowMs: number) => {
      const payCode = await wallet.wallet.createPayCode(100, nowMs);
      const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}/cancel`;
      return (await wallet.client.post(path, { content: encodeBase64url(payCode.content) })).body;
    };
    expect(await cancel(Date.now() - 90_000)).toMatchObject({ status: 'cancelled' });
    expect(await cancel(Date.now() + 180_000)).toMatchObject({ code: 'clock_off' });
  });

  it('is taken back so often and no oftener', async () => {
    const answers: number[] = [];
    for (let count = 0; count < 31; count += 1) {
      const payCode = await wallet.wallet.createPayCode(100, Date.now());
      const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}/cancel`;
      answers.push((await wallet.client.post(path, { content: encodeBase64url(payCode.content) })).status);
    }
    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(answers.slice(0, 30).every((status) => status === 200)).toBe(true);
  });
});

describe('the wallet’s socket', () => {
  it('is refused without a session, from another site, and without an upgrade', async () => {
    const open = (client: typeof wallet.client, headers: Record<string, string>) =>
      client.send('GET', 'wallet/socket', { headers });
    expect((await open(createClient(), { upgrade: 'websocket', origin })).status).toBe(401);
    expect((await open(wallet.client, { upgrade: 'websocket', origin: 'https://evil.example' })).status).toBe(403);
    expect((await open(wallet.client, { origin })).status).toBe(400);
  });

  it('ends with the session', async () => {
    const { socket } = await openSocket(wallet);
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
    await wallet.client.post('wallet/sign-out');
    await closed;
  });
});
