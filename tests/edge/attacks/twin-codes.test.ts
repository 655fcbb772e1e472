import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../../shared/protocol/base32.ts';
import { createRandomBytes } from '../../../shared/protocol/bytes.ts';
import type { TwinCode } from '../../../shared/protocol/codes/twin-code.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { ApiAnswer } from '../../support/api-client.ts';
import type { CaptureFields, TestPayCode } from '../../support/devices.ts';
import {
  createChargeCall,
  type EnrolledTill,
  type EnrolledWallet,
  makeRequest,
  secretOf,
} from '../../support/enrol.ts';
import { createClient, ledgerOf, openTill, openWallet } from '../support/test-app.ts';

/** What can be done with codes that were photographed, filmed, mixed or turned, at a till that is as honest as it can be. */

let till: EnrolledTill;
let wallet: EnrolledWallet;
let payCode: TestPayCode;
/** When the pay code was first shown. */
let shownAtMs: number;

// One till for all: activations by one address are limited.
beforeAll(async () => {
  till = await openTill();
});

beforeEach(async () => {
  wallet = await openWallet();
  shownAtMs = Date.now() - 1_000;
  payCode = await wallet.wallet.createPayCode(2_000, shownAtMs);
});

afterEach(async () => {
  vi.useRealTimers();
  expect(await ledgerOf().checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

const MODES = ['split', 'cross-check'] as const;
type Mode = (typeof MODES)[number];

function show(mode: Mode, nowMs = shownAtMs, secret = secretOf(wallet)): Promise<TwinCode> {
  return wallet.wallet.show(payCode, nowMs, mode === 'cross-check' ? secret : undefined);
}

function post(call: object): Promise<ApiAnswer<PaymentAnswer>> {
  return createClient().post<PaymentAnswer>('pay-code-charges', call);
}

/** Hands in what a till scanned, for a fresh request of 1.00. */
async function charge(code: TwinCode, changes: Partial<CaptureFields> = {}): Promise<ApiAnswer<PaymentAnswer>> {
  const request = await makeRequest(till, 100);
  return post(await createChargeCall(till, request, code, changes));
}

async function expectNothingMoved(): Promise<void> {
  const { body } = await wallet.client.post<{ cards: { availableMinor: number }[] }>('wallet/sync');
  expect(body.cards[0]!.availableMinor).toBe(5_000);
}

function passTime(milliseconds: number): number {
  const nowMs = Date.now() + milliseconds;
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs });
  return nowMs;
}

/** Other bytes in one code: the bit of one byte turned. */
function turnBit(text: string, index: number, bit: number): string {
  const bytes = decodeBase32(text)!;
  bytes[index]! ^= 1 << bit;
  return encodeBase32(bytes);
}

describe.each(MODES)('in %s mode', (mode) => {
  it('a screenshot shown later is refused by its age', async () => {
    const code = await show(mode);
    const nowMs = passTime(15_000);
    const refused = await charge(code, { capturedAtMs: [nowMs - 400, nowMs - 200] });
    expect([refused.status, refused.body.code]).toEqual([422, 'twin_code_stale']);
    // The till has the centre's word for it, and whose code it was is known by its phone's signature.
    expect(refused.body.receipt).toBeDefined();
    expect((await ledgerOf().searchPayments({ status: 'refused', limit: 1 })).ok).toBe(true);
    await expectNothingMoved();
  });

  it('a photograph of one code is no pair, beside itself or an invented other', async () => {
    const { a, b } = await show(mode);
    expect((await charge({ a, b: a })).body.code).toBe('twin_code_incomplete');
    const bytes = decodeBase32(b)!;
    bytes.set(createRandomBytes(bytes.length - 15), 15);
    const invented = await charge({ a, b: encodeBase32(bytes) });
    expect(invented.body.code).toBe('code_tampered');
    await expectNothingMoved();
  });

  it('a recording of both is refused after the window, and its halves with fresh ones', async () => {
    const recorded = await show(mode);
    const nowMs = passTime(12_000);
    expect((await charge(recorded, { capturedAtMs: [nowMs - 400, nowMs - 100] })).body.code).toBe('twin_code_stale');
    const fresh = await show(mode, nowMs - 1_000);
    for (const mix of [
      { a: recorded.a, b: fresh.b },
      { a: fresh.a, b: recorded.b },
    ]) {
      const capturedAtMs = [nowMs - 800, nowMs - 500] as const;
      expect((await charge(mix, { capturedAtMs })).body.code).toBe('twin_code_mixed');
    }
    await expectNothingMoved();
  });

  it('a recording shown at once, after the code was taken, is spent', async () => {
    const code = await show(mode);
    expect((await charge(code)).body.status).toBe('paid');
    const again = await charge(code, { capturedAtMs: [shownAtMs + 100, shownAtMs + 400] });
    expect([again.status, again.body.code]).toEqual([409, 'twin_code_spent']);
    const fresh = await charge(await show(mode, shownAtMs + 500));
    expect([fresh.status, fresh.body.code]).toEqual([409, 'pay_code_used']);
  });

  it('the same pair at two tills at the same moment pays one of them, and the other is told', async () => {
    const other = await openTill();
    const code = await show(mode);
    const calls = await Promise.all(
      [till, other].map(async (each) => createChargeCall(each, await makeRequest(each, 100), code)),
    );
    const answers = await Promise.all(calls.map(post));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.map(({ body }) => body.code ?? body.status).sort()).toEqual(['paid', 'twin_code_spent']);
    const { body } = await wallet.client.post<{ cards: { availableMinor: number }[] }>('wallet/sync');
    expect(body.cards[0]!.availableMinor).toBe(4_900);
  });

  it('two showings of one pay code at two tills pay one of them', async () => {
    const other = await openTill();
    const [first, second] = [await show(mode), await show(mode, shownAtMs + 500)];
    const calls = [
      await createChargeCall(till, await makeRequest(till, 100), first),
      await createChargeCall(other, await makeRequest(other, 100), second),
    ];
    const answers = await Promise.all(calls.map(post));
    expect(answers.map(({ body }) => body.code ?? body.status).sort()).toEqual(['paid', 'pay_code_used']);
  });

  it('one bit turned in any field of either code is refused, and moves nothing', async () => {
    const whole = await show(mode);
    const codes: Record<string, string[]> = {};
    // Kind, pair, time; share or check value; the payload's beginning, middle and end.
    for (const side of ['a', 'b'] as const) {
      const { length } = decodeBase32(whole[side])!;
      const bodyAt = mode === 'split' ? 15 + 32 : 15 + 16;
      for (const index of [0, 1, 8, 9, 14, 15, bodyAt - 1, bodyAt, Math.floor((bodyAt + length) / 2), length - 1]) {
        const turned = { ...whole, [side]: turnBit(whole[side], index, index % 8) };
        const capturedAtMs = [shownAtMs, shownAtMs + 250] as const;
        const request = await makeRequest(till, 100);
        const capture = await createChargeCall(till, request, whole, { capturedAtMs });
        const { status, body } = await post({ ...capture, codes: [turned.a, turned.b] });
        codes[`${side}${index}`] = [String(status), body.code ?? body.status];
      }
    }
    const accepted = Object.entries(codes).filter(([, [status]]) => status === '200');
    expect(accepted).toEqual([]);
    const known = new Set([
      'code_unreadable',
      'code_tampered',
      'twin_code_mixed',
      'twin_code_incomplete',
      'twin_code_window',
      'twin_code_stale',
      'clock_off',
      'check_value_invalid',
      'account_slowed',
    ]);
    expect(Object.entries(codes).filter(([, [, code]]) => !known.has(code!))).toEqual([]);
    await expectNothingMoved();
    vi.useRealTimers();
  });

  it('a till that signed for another pair, or another request, is refused', async () => {
    const code = await show(mode);
    expect((await charge(code, { pairId: createRandomBytes(8) })).body.code).toBe('capture_mismatch');
    const [one, two] = [await makeRequest(till, 100), await makeRequest(till, 100)];
    const call = await createChargeCall(till, one, code);
    expect((await post({ ...call, ...two.call })).body.code).toBe('capture_mismatch');
    await expectNothingMoved();
  });

  it('a till whose clock was set back to suit an old code is refused', async () => {
    const code = await show(mode);
    passTime(40_000);
    // By its own clock it scans at once.
    const refused = await charge(code);
    expect([refused.status, refused.body.code]).toEqual([422, 'clock_off']);
    const answer = await post(await createChargeCall(till, await makeRequest(till, 100, shownAtMs), code));
    expect(answer.body.code).toBe('clock_off');
    await expectNothingMoved();
  });

  it('a till whose clock is ahead charges no further than the centre’s', async () => {
    const code = await show(mode);
    const refused = await charge(code, { chargedAtMs: Date.now() + 21_000 });
    expect(refused.body.code).toBe('clock_off');
  });

  it('a code of a minute ago is too old to be charged, though it was scanned in time', async () => {
    const code = await show(mode);
    const nowMs = passTime(61_000);
    const capturedAtMs = [shownAtMs + 100, shownAtMs + 300] as const;
    expect((await charge(code, { capturedAtMs, chargedAtMs: nowMs })).body.code).toBe('pay_code_expired');
    await expectNothingMoved();
  });

  it.each([
    ['by no passkey', { tamperSignature: true }, 'passkey_invalid'],
    ['by another passkey', { foreignKey: true }, 'passkey_invalid'],
    ['without verifying the person', { userVerified: false }, 'user_not_verified'],
  ])('a pay code that was consented to %s is refused', async (_words, misbehaviour, refusal) => {
    payCode = await wallet.wallet.createPayCode(2_000, shownAtMs, misbehaviour);
    expect((await charge(await show(mode))).body.code).toBe(refusal);
    await expectNothingMoved();
  });

  it('a showing that another phone signed is refused', async () => {
    const thief = await openWallet('Thief');
    const stolen = await thief.wallet.show(payCode, shownAtMs, mode === 'cross-check' ? secretOf(wallet) : undefined);
    expect((await charge(stolen)).body.code).toBe('certificate_invalid');
    await expectNothingMoved();
  });

  it('a showing of a phone that was withdrawn is refused', async () => {
    const code = await show(mode);
    const { serial } = wallet.wallet.trusted.content;
    await runInDurableObject(ledgerOf(), (_, { storage }) => {
      storage.sql.exec('UPDATE wallet_certificates SET revoked_at_ms = 1 WHERE serial = ?', serial);
    });
    expect((await charge(code)).body.code).toBe('certificate_revoked');
    await expectNothingMoved();
  });

  it('a code of a card that was frozen is refused', async () => {
    const code = await show(mode);
    await ledgerOf().setAccountStatus({
      accountNumber: wallet.answer.cards[0]!.accountNumber,
      status: 'frozen',
      reason: 'lost',
      by: 'Ada',
    });
    expect((await charge(code)).body.code).toBe('account_frozen');
  });
});

it('a pair made with another account’s secret is refused by its check values', async () => {
  const other = await openWallet('Other');
  const code = await show('cross-check', shownAtMs, secretOf(other));
  const refused = await charge(code);
  expect([refused.status, refused.body.code]).toEqual([422, 'check_value_invalid']);
  await expectNothingMoved();
});

it('a showing half in one mode and half in the other is refused', async () => {
  const [split, crossed] = [await show('split'), await show('cross-check')];
  expect((await charge({ a: split.a, b: crossed.b })).body.code).toBe('twin_code_mixed');
});

it('a cross-check code that names no certificate of ours is refused', async () => {
  const code = await wallet.wallet.show(
    payCode,
    shownAtMs,
    secretOf(wallet),
    new Uint8Array(8).fill(9) as Uint8Array<ArrayBuffer>,
  );
  expect((await charge(code)).body.code).toBe('certificate_invalid');
});

it('a charge whose request does not verify is recorded under its terminal', async () => {
  const [code, request] = [await show('split'), await makeRequest(till, 100)];
  const call = await createChargeCall(till, request, code);
  const forged = call.request.slice(0, -4).concat('AAAA');
  expect((await post({ ...call, request: forged })).body.code).toBe('signature_invalid');
  const page = await ledgerOf().searchPayments({ status: 'refused', limit: 1 });
  const { terminalId } = till.terminal.trusted.content;
  const refused = { kind: 'charge', code: 'signature_invalid' };
  expect(page.ok && page.value.rows[0]).toMatchObject({ terminalId, refused });
});

it('every refused charge stands in the books with its reason and a receipt', async () => {
  const { a } = await show('cross-check');
  const refused = await charge({ a, b: a });
  const page = await ledgerOf().searchPayments({ status: 'refused', limit: 1 });
  const [row] = page.ok ? page.value.rows : [];
  expect(row).toMatchObject({
    status: 'refused',
    refused: { kind: 'charge', code: 'twin_code_incomplete' },
    // One cross-check code names the account, and its phone signed it.
    cardEnding: wallet.answer.cards[0]!.accountNumber.slice(-4),
  });
  expect(refused.body.receipt).toBeDefined();
});
