import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiResult } from '../../../shared/browser/network/api-client.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import { readAnswer } from '../../../wallet-pwa/payment/hand-in.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { createTestProgramme, type TestProgramme } from '../support/test-programme.ts';
import { STATES, sampleIntent } from './sample-intent.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const intent: PaymentIntent = sampleIntent(STATES.signed);
let programme: TestProgramme;

beforeAll(async () => {
  programme = await createTestProgramme(NOW_MS);
});

function answered(receipt?: Uint8Array, status: PaymentAnswer['status'] = 'paid'): ApiResult<PaymentAnswer> {
  const value = {
    traceKey: intent.facts.traceKey,
    status,
    expiresAtMs: 0,
    centreTimeMs: NOW_MS,
    ...(receipt && { receipt: encodeBase64url(receipt) }),
  };
  return { ok: true, value, status: 200, sentAtMs: 0, receivedAtMs: 0 };
}

const read = (answer: ApiResult<PaymentAnswer>) => readAnswer(intent, answer, programme.centre.trust, NOW_MS);

describe('what the centre answers', () => {
  it('is "paid" by its signed receipt for exactly this consent', async () => {
    const receipt = await programme.signReceipt(intent);
    expect(await read(answered(receipt))).toEqual({
      kind: 'ended',
      event: { kind: 'pay', receipt, decidedAtMs: NOW_MS, sequence: 7 },
    });
  });

  it('is not "paid" by a status without a receipt', async () => {
    expect(await read(answered())).toEqual({ kind: 'again', code: 'request_unknown' });
  });

  it('is nothing when another centre signed it', async () => {
    const other = await createTestProgramme(NOW_MS);
    const receipt = await other.signReceipt(intent);
    expect(await read(answered(receipt))).toEqual({ kind: 'again', code: 'certificate_invalid' });
  });

  it('is nothing when it is about another consent or another amount', async () => {
    const otherConsent = await programme.signReceipt(intent, undefined, { authorisationHash: new Uint8Array(32) });
    const otherAmount = await programme.signReceipt(intent, undefined, { amountMinor: 1 as never });
    expect(await read(answered(otherConsent))).toEqual({ kind: 'again', code: 'request_mismatch' });
    expect(await read(answered(otherAmount))).toEqual({ kind: 'again', code: 'request_mismatch' });
  });

  it('is a signed no for good', async () => {
    const receipt = await programme.signReceipt(intent, 'insufficient_balance');
    const problem = {
      ok: false,
      code: 'insufficient_balance',
      status: 422,
      receipt: encodeBase64url(receipt),
    } as const;
    expect(await read(problem)).toEqual({
      kind: 'ended',
      event: { kind: 'refuse', code: 'insufficient_balance', atMs: NOW_MS, receipt },
    });
  });

  it('is a reason to try again when it is signed but not for ever', async () => {
    const receipt = await programme.signReceipt(intent, 'request_unknown');
    const problem = { ok: false, code: 'request_unknown', status: 409, receipt: encodeBase64url(receipt) } as const;
    expect(await read(problem)).toEqual({ kind: 'again', code: 'request_unknown' });
  });

  it('is the end for money that was spent twice, though a till’s word could still change it', async () => {
    const receipt = await programme.signReceipt(intent, 'double_spent');
    const problem = { ok: false, code: 'double_spent', status: 409, receipt: encodeBase64url(receipt) } as const;
    expect(await read(problem)).toMatchObject({ kind: 'ended', event: { kind: 'refuse', code: 'double_spent' } });
  });

  it('is not believed at once when a final no comes without a signature', async () => {
    expect(await read({ ok: false, code: 'request_expired', status: 409 })).toEqual({
      kind: 'unsigned',
      code: 'request_expired',
    });
  });

  it.each(['no_network', 'unavailable', 'internal', 'rate_limited', 'malformed'] as const)(
    'never ends a payment when nothing certain was said: %s',
    async (code) => expect(await read({ ok: false, code, status: 0 })).toEqual({ kind: 'again', code }),
  );

  it('is "paid" even when the receipt comes with a refusal of the repetition', async () => {
    const receipt = await programme.signReceipt(intent);
    const problem = {
      ok: false,
      code: 'authorisation_expired',
      status: 409,
      receipt: encodeBase64url(receipt),
    } as const;
    expect(await read(problem)).toMatchObject({ kind: 'ended', event: { kind: 'pay' } });
  });
});
