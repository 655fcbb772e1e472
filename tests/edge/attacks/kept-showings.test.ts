import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodePayCodePayload } from '../../../shared/protocol/codes/pay-code-payload.ts';
import { createSplitCode } from '../../../shared/protocol/codes/split-code.ts';
import { parseTwinHalf, type TwinCode } from '../../../shared/protocol/codes/twin-code.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { PayCodeShowing } from '../../../shared/protocol/documents/pay-code.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { type TestPayCode, unwrap } from '../../support/devices.ts';
import {
  createAuthoriseCall,
  createChargeCall,
  type EnrolledTill,
  type EnrolledWallet,
  makeRequest,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';

/** What a till that keeps what it scanned can do to its customer, and what the books make of it. */

let keeper: EnrolledTill;
let other: EnrolledTill;
let wallet: EnrolledWallet;

beforeAll(async () => {
  [keeper, other] = [await openTill(), await openTill()];
});

beforeEach(async () => {
  wallet = await openWallet();
});

afterEach(async () => {
  vi.useRealTimers();
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

function passTime(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
}

async function post(call: object): Promise<PaymentAnswer & { code?: string | undefined }> {
  return (await createClient().post<PaymentAnswer>('pay-code-charges', call)).body;
}

async function show(capMinor = 2_000, misbehaviour = {}): Promise<{ payCode: TestPayCode; code: TwinCode }> {
  const nowMs = Date.now() - 500;
  const payCode = await wallet.wallet.createPayCode(capMinor, nowMs, misbehaviour);
  return { payCode, code: await wallet.wallet.show(payCode, nowMs) };
}

async function charge(till: EnrolledTill, code: TwinCode, amountMinor = 100) {
  return post(await createChargeCall(till, await makeRequest(till, amountMinor), code));
}

/** As if the till had scanned it this moment. */
async function replay(till: EnrolledTill, code: TwinCode): Promise<string | undefined> {
  const nowMs = Date.now();
  const capturedAtMs = [nowMs - 300, nowMs - 100] as const;
  return (await post(await createChargeCall(till, await makeRequest(till, 100), code, { capturedAtMs }))).code;
}

describe('the wait after refused tries', () => {
  it('does not come from a showing of long ago, at any till', async () => {
    const { code } = await show();
    expect((await charge(keeper, code)).status).toBe('paid');
    passTime(3 * 3_600_000);
    for (let count = 0; count < 16; count += 1) expect(await replay(keeper, code)).toBe('twin_code_stale');
    expect((await charge(keeper, (await show()).code)).status).toBe('paid');
    expect((await charge(other, (await show()).code)).status).toBe('paid');
    // The console is told all the same.
    const { accountNumber } = wallet.answer.cards[0]!;
    expect((await ledgerOf().accountFlags()).map((flag) => flag.accountNumber)).toContain(accountNumber);
  });

  it('does not come from a pay code that was charged, or taken back', async () => {
    const { code } = await show();
    expect((await charge(keeper, code)).status).toBe('paid');
    for (let count = 0; count < 6; count += 1) expect((await charge(keeper, code)).code).toBe('twin_code_spent');
    expect((await charge(keeper, (await show()).code)).status).toBe('paid');
  });

  it('does not come from what the shop does wrong', async () => {
    const request = await makeRequest(keeper, 100);
    expect((await post(await createChargeCall(keeper, request, (await show()).code))).status).toBe('paid');
    for (let count = 0; count < 6; count += 1)
      expect((await post(await createChargeCall(keeper, request, (await show()).code))).code).toBe('already_paid');
    expect((await charge(keeper, (await show()).code)).status).toBe('paid');
  });

  it('does not come from a phone that was withdrawn', async () => {
    const { serial } = wallet.wallet.trusted.content;
    const revoke = (value: string) =>
      runInDurableObject(ledgerOf(), (_, { storage }) => {
        storage.sql.exec(`UPDATE wallet_certificates SET revoked_at_ms = ${value} WHERE serial = ?`, serial);
      });
    await revoke('1');
    for (let count = 0; count < 6; count += 1)
      expect((await charge(other, (await show(500, { tamperSignature: true })).code)).code).toBe('passkey_invalid');
    await revoke('NULL');
    expect((await charge(other, (await show()).code)).status).toBe('paid');
  });

  it('of one till is none of another’s', async () => {
    for (let count = 0; count < 5; count += 1)
      expect((await charge(keeper, (await show(50)).code)).code).toBe('pay_code_cap_exceeded');
    expect((await charge(keeper, (await show()).code)).code).toBe('account_slowed');
    expect((await charge(other, (await show()).code)).status).toBe('paid');
  });

  it('is written down once for a request, however often its till tries', async () => {
    const request = await makeRequest(keeper, 100);
    const answers = [];
    for (let count = 0; count < 12; count += 1)
      answers.push(await post(await createChargeCall(keeper, request, (await show(50)).code)));
    const slowed = answers.filter(({ code }) => code === 'account_slowed');
    expect(slowed).toHaveLength(7);
    expect(new Set(slowed.map(({ receipt }) => receipt)).size).toBe(1);
    expect(slowed[0]!.receipt).toBeDefined();
  });
});

describe('a hundred refused charges of one request', () => {
  it('are enough: of the next ones nothing is said, and nothing written down', async () => {
    const { code } = await show();
    expect((await charge(keeper, code)).status).toBe('paid');
    passTime(11_000);
    const request = await makeRequest(keeper, 100);
    const nowMs = Date.now();
    const scan = async (capture: number) => {
      const capturedAtMs = [nowMs - capture - 1, nowMs] as const;
      return post(await createChargeCall(keeper, request, code, { capturedAtMs }));
    };
    const first = await scan(0);
    for (let count = 1; count < 100; count += 1) expect((await scan(count)).code).toBe('twin_code_stale');
    const next = await scan(100);
    expect([next.code, next.receipt]).toEqual(['account_slowed', undefined]);
    // Whoever repeats one of them gets its first answer still, and the customer pays with the till's code.
    expect(await scan(0)).toMatchObject({ code: 'twin_code_stale', receipt: expect.any(String) });
    expect(first.receipt).toBeDefined();
    const consent = await createAuthoriseCall(wallet, keeper, request);
    expect((await createClient().post<PaymentAnswer>('authorisations', consent)).body.status).toBe('paid');
  });
});

describe('a showing', () => {
  it('is spent by its own card alone: who sees the number of a pair spends nobody else’s with it', async () => {
    const thief = await openWallet('Thief');
    const { code } = await show();
    const { pairId } = unwrap(parseTwinHalf(code.a));
    const madeAtMs = [Date.now() - 400, Date.now() - 150] as const;
    const own = await thief.wallet.createPayCode(2_000, madeAtMs[0]);
    const content = { payCode: own.content, pairId, madeAtMs: madeAtMs[0], secondMadeAtMs: madeAtMs[1] };
    const showing = await signDocument(PayCodeShowing, content, thief.wallet.deviceKey);
    const { assertion } = own;
    const payload = encodePayCodePayload({ showing, assertion, wallet: thief.wallet.certificate });
    expect((await charge(keeper, await createSplitCode(payload, { pairId, madeAtMs }), 1)).status).toBe('paid');
    expect((await charge(other, code)).status).toBe('paid');
  });

  it('that paid is answered the same, though the till handed in others under its capture since', async () => {
    const { code } = await show();
    const [a, b] = [unwrap(parseTwinHalf(code.a)), unwrap(parseTwinHalf(code.b))];
    const second = await wallet.wallet.createPayCode(2_000, a.madeAtMs);
    const times = { madeAtMs: a.madeAtMs, secondMadeAtMs: b.madeAtMs };
    const content = { payCode: second.content, pairId: a.pairId, ...times };
    const showing = await signDocument(PayCodeShowing, content, wallet.wallet.deviceKey);
    const { certificate } = wallet.wallet;
    const payload = encodePayCodePayload({ showing, assertion: second.assertion, wallet: certificate });
    const twin = await createSplitCode(payload, { pairId: a.pairId, madeAtMs: [a.madeAtMs, b.madeAtMs] });
    const call = await createChargeCall(keeper, await makeRequest(keeper, 100), code);
    const first = await post(call);
    expect(first.status).toBe('paid');
    expect((await post({ ...call, codes: [twin.a, twin.b] })).code).toBe('already_paid');
    expect(await post(call)).toEqual(first);
    passTime(60_000);
    expect(await post(call)).toEqual(first);
  });
});
