import { beforeAll, describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { PayCodeAnswer } from '../../../shared/protocol/wire/pay-codes.ts';
import { isFinalAt, readPayCodeAnswer } from '../../../wallet-pwa/pay-code/read-pay-code-answer.ts';
import { STATES, sampleIntent } from '../payment/sample-intent.ts';
import { createTestProgramme, type TestProgramme } from '../support/test-programme.ts';
import { CODE_STATES, samplePayCode } from './sample-pay-code.ts';

const NOW_MS = 30_000;
const code = samplePayCode(CODE_STATES.confirmed);
const payCode = encodeBase64url(code.hash);
let programme: TestProgramme;

beforeAll(async () => {
  programme = await createTestProgramme(Date.UTC(2026, 10, 21, 12));
});

/** The centre's signed word that this pay code paid, or that a try at it was refused. */
async function signReceipt(changes: Partial<ReceiptContent> = {}, refusal?: RefusalCode): Promise<string> {
  const own = { authorisationHash: code.hash, amountMinor: 1_250 as AmountMinor, ...changes };
  return encodeBase64url(await programme.signReceipt(sampleIntent(STATES.signed), refusal, own));
}

function read(answer: Omit<PayCodeAnswer, 'payCode'>, nowMs = NOW_MS, trust = programme.centre.trust) {
  return readPayCodeAnswer(code, { payCode, ...answer }, trust, nowMs);
}

function paid(receipt: string | undefined): Omit<PayCodeAnswer, 'payCode'> {
  const payment = { traceKey: 'TERM0001-000001-000007', status: 'paid', expiresAtMs: 0, centreTimeMs: 0, receipt };
  return { status: 'paid', payment: payment as unknown as PayCodeAnswer['payment'] };
}

describe('what an answer about a pay code is worth', () => {
  it('is paid by a receipt of the centre for this pay code', async () => {
    const { events, doubt } = await read(paid(await signReceipt()));
    expect(doubt).toBeUndefined();
    expect(events).toMatchObject([{ kind: 'pay', amountMinor: 1_250, shopName: 'Corner Café', sequence: 7 }]);
  });

  it('is paid by a receipt at the cap, and by none above it', async () => {
    expect((await read(paid(await signReceipt({ amountMinor: 2_500 as AmountMinor })))).events).toHaveLength(1);
    const above = await read(paid(await signReceipt({ amountMinor: 2_501 as AmountMinor })));
    expect(above).toEqual({ events: [], doubt: 'request_mismatch' });
  });

  it.each([
    ['of another pay code', { authorisationHash: new Uint8Array(32).fill(4) }],
    ['in other money', { currency: 'USD' }],
    ['of a refusal', { status: 2, refusal: 'insufficient_balance' }],
  ] as [string, Partial<ReceiptContent>][])('is not paid by a receipt %s', async (_, changes) => {
    expect(await read(paid(await signReceipt(changes)))).toEqual({ events: [], doubt: 'request_mismatch' });
  });

  it('is not paid without a receipt, or by one of another centre', async () => {
    expect(await read(paid(undefined))).toEqual({ events: [], doubt: 'document_malformed' });
    const other = await createTestProgramme(Date.UTC(2026, 10, 21, 12));
    const foreign = await read(paid(await signReceipt()), NOW_MS, other.centre.trust);
    expect(foreign.events).toEqual([]);
    expect(foreign.doubt).toBe('certificate_invalid');
  });

  it('believes “nobody charged it” only when nothing can come any more', async () => {
    expect(isFinalAt(code)).toBeGreaterThan(code.expiresAtMs + 20_000);
    expect((await read({ status: 'open' })).events).toEqual([]);
    expect((await read({ status: 'open' }, code.expiresAtMs + 1)).events).toEqual([]);
    const atMs = isFinalAt(code);
    expect((await read({ status: 'open' }, atMs)).events).toEqual([{ kind: 'end', atMs }]);
  });

  it('is over at once when the centre has it as cancelled', async () => {
    expect((await read({ status: 'cancelled' })).events).toEqual([{ kind: 'end', atMs: NOW_MS }]);
  });

  it('does not wait for ever for a code whose order was paid in its own right', async () => {
    const answer = paid(await signReceipt({ authorisationHash: new Uint8Array(32).fill(8) }));
    expect((await read(answer, isFinalAt(code))).events).toMatchObject([{ kind: 'end' }]);
  });

  it('hands on a shop’s order as it came', async () => {
    const order = {
      request: encodeBase64url(Uint8Array.of(1)),
      terminalCertificate: encodeBase64url(Uint8Array.of(2)),
    };
    const { order: learnt, events } = await read({ status: 'asked', order });
    expect(learnt).toEqual({ request: Uint8Array.of(1), terminalCertificate: Uint8Array.of(2) });
    expect(events).toEqual([]);
  });

  it('tells a refused try, with shop and amount where the centre signed them', async () => {
    const receipt = await signReceipt({ authorisationHash: new Uint8Array(32).fill(6) }, 'pay_code_cap_exceeded');
    const { events } = await read({ status: 'open', lastRefusal: { code: 'pay_code_cap_exceeded', receipt } });
    expect(events).toMatchObject([
      { refusal: { code: 'pay_code_cap_exceeded', signed: { amountMinor: 1_250, shopName: 'Corner Café' } } },
    ]);
    const bare = await read({ status: 'open', lastRefusal: { code: 'pay_code_cap_exceeded' } });
    expect(bare.events).toEqual([{ kind: 'refuse', refusal: { code: 'pay_code_cap_exceeded' } }]);
  });

  it('takes no shop from the refusal of another card', async () => {
    const receipt = await signReceipt({ cardEnding: '9999' }, 'insufficient_balance');
    const { events } = await read({ status: 'open', lastRefusal: { code: 'insufficient_balance', receipt } });
    expect(events).toEqual([{ kind: 'refuse', refusal: { code: 'insufficient_balance' } }]);
  });
});
