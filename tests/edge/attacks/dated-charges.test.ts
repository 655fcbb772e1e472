import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { Receipt } from '../../../shared/protocol/documents/receipt.ts';
import type { PayCodeAnswer } from '../../../shared/protocol/wire/pay-codes.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { type TestPayCode, unwrap } from '../../support/devices.ts';
import {
  createChargeCall,
  type EnrolledTill,
  type EnrolledWallet,
  makeRequest,
  requestPayment,
  secretOf,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet, origin } from '../support/test-app.ts';

/** What a till can try with a pay code that it may charge: later than its customer thinks, or for what it tells of the card. */

let till: EnrolledTill;
let wallet: EnrolledWallet;

beforeAll(async () => {
  till = await openTill();
});

beforeEach(async () => {
  wallet = await openWallet();
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

function setTime(nowMs = Date.now()): number {
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs });
  return nowMs;
}

async function post(call: object): Promise<PaymentAnswer & { code?: string | undefined }> {
  return (await createClient().post<PaymentAnswer>('pay-code-charges', call)).body;
}

async function listen(): Promise<WebSocket> {
  const headers = { upgrade: 'websocket', origin };
  const socket = (await wallet.client.send('GET', 'wallet/socket', { headers })).webSocket!;
  socket.accept();
  return socket;
}

async function cancel(payCode: TestPayCode): Promise<string> {
  const path = `wallet/pay-codes/${encodeBase64url(payCode.hash)}/cancel`;
  return (await wallet.client.post<PayCodeAnswer>(path, { content: encodeBase64url(payCode.content) })).body.status;
}

describe('a charge that is dated back', () => {
  it.each([
    [64_000, 'paid'],
    [66_000, 'pay_code_expired'],
    [79_000, 'pay_code_expired'],
  ])('%i ms after the consent: %s', async (delayMs, outcome) => {
    const startMs = setTime();
    const payCode = await wallet.wallet.createPayCode(2_000, startMs);
    const code = await wallet.wallet.show(payCode, startMs);
    setTime(startMs + delayMs);
    const request = await makeRequest(till, 100);
    const refused = await post(await createChargeCall(till, request, code, { chargedAtMs: startMs + 60_000 }));
    expect(refused.code ?? refused.status).toBe(outcome);
  });

  it('pays nothing that its customer was told is cancelled, however long it takes on its way', async () => {
    for (const waitMs of [30_000, 63_000, 70_000, 100_000]) {
      const startMs = setTime();
      const payCode = await wallet.wallet.createPayCode(2_000, startMs - 1_000);
      const code = await wallet.wallet.show(payCode, startMs - 1_000);
      const call = await createChargeCall(till, await makeRequest(till, 100), code, { chargedAtMs: startMs });
      const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
      let told: string | undefined;
      // Between the worker, which looked at the clock, and the books.
      vi.spyOn(crypto.subtle, 'decrypt').mockImplementationOnce(async (...args) => {
        setTime(startMs + waitMs);
        told = await cancel(payCode);
        return decrypt(...args);
      });
      const { code: refusal } = await post(call);
      expect(told).toBe('cancelled');
      expect(['pay_code_cancelled', 'pay_code_expired', 'clock_off']).toContain(refusal);
      vi.restoreAllMocks();
      vi.useRealTimers();
    }
  });

  it('is no charge of a pay code from the future, further than clocks may differ by the programme’s rules', async () => {
    const nowMs = Date.now();
    for (const [aheadMs, outcome] of [
      [9_000, 'paid'],
      [11_000, 'clock_off'],
    ] as const) {
      const payCode = await wallet.wallet.createPayCode(2_000, nowMs + aheadMs);
      const code = await wallet.wallet.show(payCode, nowMs - 500);
      const { code: refusal, status } = await post(await createChargeCall(till, await makeRequest(till, 100), code));
      expect(refusal ?? status).toBe(outcome);
    }
  });
});

describe('a till that asks for what nobody consented to', () => {
  it('does not measure the balance by it', async () => {
    await listen();
    for (const amountMinor of [60_000, 5_001, 4_999]) {
      const nowMs = Date.now();
      const code = await wallet.wallet.show(await wallet.wallet.createPayCode(100, nowMs - 500), nowMs - 500);
      const { status, isCustomerAsked } = await post(
        await createChargeCall(till, await makeRequest(till, amountMinor), code),
      );
      expect([amountMinor, status, isCustomerAsked]).toEqual([amountMinor, 'waiting', true]);
    }
  });

  it('asks no phone that was silent for long, though its socket was never closed', async () => {
    const socket = await listen();
    const charge = async () => {
      const nowMs = Date.now();
      const code = await wallet.wallet.show(await wallet.wallet.createPayCode(100, nowMs - 500), nowMs - 500);
      return post(await createChargeCall(till, await makeRequest(till, 900), code));
    };
    const openedAtMs = Date.now();
    setTime(openedAtMs + 40_000);
    expect((await charge()).status).toBe('waiting');
    setTime(openedAtMs + 60_000);
    expect((await charge()).code).toBe('pay_code_cap_exceeded');
    // The runtime answers a ping by itself, and by the real clock.
    vi.useRealTimers();
    const answered = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
    socket.send('ping');
    await answered;
    expect((await charge()).status).toBe('waiting');
    socket.close();
  });
});

describe('a till that saw half a showing', () => {
  it('is told of no card, and the console is', async () => {
    const nowMs = Date.now() - 500;
    const payCode = await wallet.wallet.createPayCode(2_000, nowMs);
    const { a } = await wallet.wallet.show(payCode, nowMs, secretOf(wallet));
    const { request } = await requestPayment(till, 100);
    const refused = await post(await createChargeCall(till, request, { a, b: a }));
    const receipt = unwrap(decodeDocument(Receipt, decodeBase64url(refused.receipt!)!)).content;
    expect(receipt).toMatchObject({ refusal: 'twin_code_incomplete' });
    expect(receipt).not.toHaveProperty('cardEnding');
    const page = unwrap(await ledgerOf().searchPayments({ status: 'refused', limit: 1 }));
    expect(page.rows[0]?.cardEnding).toBe(wallet.answer.cards[0]!.accountNumber.slice(-4));
  });
});
