import { describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { RECEIPT_STATUSES, Receipt, type ReceiptContent } from '../../../shared/protocol/documents/receipt.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { createSigningKey } from '../../../shared/protocol/signing-key.ts';
import type { MovementAnswer } from '../../../shared/protocol/wire/wallet.ts';
import { mergeHistory } from '../../../wallet-pwa/history/merge-history.ts';
import { CODE_STATES, samplePayCode } from '../pay-code/sample-pay-code.ts';
import { STATES, sampleIntent } from '../payment/sample-intent.ts';

const accountNumber = '1000010000000012' as AccountNumber;

function movement(sequence: number, more: Partial<MovementAnswer> = {}): MovementAnswer {
  return {
    sequence,
    accountNumber,
    kind: 'payment',
    amountMinor: -1250,
    atMs: 30_000,
    shopName: 'Corner Café',
    ...more,
  };
}

describe('one list of what the phone did and what the centre booked', () => {
  it('shows a payment once when both know of it', () => {
    const entries = mergeHistory([sampleIntent(STATES.paid)], [movement(41)]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ id: `${accountNumber}-41`, status: 'done', amountMinor: -1250 });
  });

  it('matches by the receipt where the place in the journal says nothing', () => {
    const receipt = encodeBase64url(STATES.paid.receipt);
    expect(mergeHistory([sampleIntent(STATES.paid)], [movement(77, { receipt })])).toHaveLength(1);
  });

  it('keeps its address when the centre’s list comes in', () => {
    const [alone] = mergeHistory([sampleIntent(STATES.paid)], []);
    const [both] = mergeHistory([sampleIntent(STATES.paid)], [movement(41)]);
    expect(alone?.id).toBe(both?.id);
  });

  it('takes payments of two cards with the same number in their journals apart', () => {
    const other = '1000010000000020' as AccountNumber;
    expect(mergeHistory([sampleIntent(STATES.paid)], [movement(41, { accountNumber: other })])).toHaveLength(2);
  });

  it('leaves out a refusal that the till’s acceptance turned into a payment: the movement tells of it', async () => {
    const key = await createSigningKey(true);
    const content = {
      programme: 'test-programme',
      status: RECEIPT_STATUSES.paid,
      merchantNo: 'MERCHANT0000001',
      terminalId: 'TERM0001',
      operatorNo: '01',
      acquirer: '100001',
      transType: 1,
      batchNo: 1,
      voucherNo: 1,
      amountMinor: 1250,
      currency: 'EUR',
      exponent: 2,
      shopName: 'Corner Café',
      requestHash: new Uint8Array(32),
      authorisationHash: new Uint8Array(32).fill(0xab),
      issuer: '100001',
      sequence: 41,
      previousHash: new Uint8Array(32),
      decidedAtMs: 30_000,
    } as ReceiptContent;
    const receipt = encodeBase64url(await signDocument(Receipt, content, key));
    const place = {
      allowance: new Uint8Array(8),
      counter: 1,
      previous: new Uint8Array(32),
      cumulativeMinor: 1250 as AmountMinor,
    };
    const refused = { ...sampleIntent(STATES.refused, 'ab'.repeat(32)), place };
    expect(mergeHistory([refused], [movement(41, { receipt })]).map(({ status }) => status)).toEqual(['done']);
    expect(mergeHistory([refused], [movement(41)])).toHaveLength(2);
  });

  it('puts what is still being checked first, then the newest', () => {
    const intents = [sampleIntent(STATES.signed, 'aa'), sampleIntent(STATES.refused, 'bb')];
    const entries = mergeHistory(intents, [movement(9, { kind: 'top-up', amountMinor: 5_000, atMs: 90_000 })]);
    expect(entries.map(({ status, kind }) => [status, kind])).toEqual([
      ['checking', 'payment'],
      ['done', 'top-up'],
      ['refused', 'payment'],
    ]);
  });

  it('shows what a code paid once, whether the phone, the centre or both know of it', () => {
    const code = samplePayCode(CODE_STATES.paid);
    const [alone] = mergeHistory([], [], [code]);
    const both = mergeHistory([], [movement(41)], [code]);
    expect(alone).toMatchObject({
      id: `${accountNumber}-41`,
      status: 'done',
      amountMinor: -1250,
      shopName: 'Corner Café',
    });
    expect(both.map(({ id }) => id)).toEqual([alone?.id]);
  });

  it('says of a code that it was shown while nobody knows its end, and does not call it a payment', () => {
    const { prepared, confirmed, withdrawn, ended, dropped } = CODE_STATES;
    const over = [prepared, ended, dropped].map((state, index) => samplePayCode(state, `${index}`));
    expect(mergeHistory([], [], over)).toEqual([]);
    for (const state of [confirmed, withdrawn]) {
      const code = samplePayCode(state);
      expect(mergeHistory([], [movement(41)], [...over, code])[0]).toEqual({
        id: code.id,
        kind: 'payment',
        status: 'checking',
        isCode: true,
        accountNumber,
        amountMinor: -code.capMinor,
        atMs: code.createdAtMs,
      });
    }
  });

  it('tells the last refused try of a code by which nothing was paid', () => {
    const signed = {
      receipt: Uint8Array.of(5),
      shopName: 'Bakery',
      amountMinor: 9_900 as AmountMinor,
      decidedAtMs: 40_000,
    };
    const refusal = { code: 'pay_code_cap_exceeded', signed } as const;
    const entries = mergeHistory([], [], [samplePayCode({ ...CODE_STATES.ended, refusal })]);
    expect(entries).toMatchObject([{ status: 'refused', shopName: 'Bakery', refusal: 'pay_code_cap_exceeded' }]);
  });

  it('says when it was paid, and when it was settled where that was later, whoever knows of it', () => {
    const late = sampleIntent({ ...STATES.paid, decidedAtMs: 900_000 });
    const times = { atMs: 10_000, settledAtMs: 900_000 };
    expect(mergeHistory([late], [])).toMatchObject([times]);
    expect(mergeHistory([late], [movement(41, { atMs: 900_000, paidAtMs: 10_000 })])).toMatchObject([times]);
    const [inTime] = mergeHistory([sampleIntent(STATES.paid)], []);
    expect(inTime).toMatchObject({ atMs: 30_000 });
    expect(inTime).not.toHaveProperty('settledAtMs');
  });

  it('keeps quiet about what nobody confirmed', () => {
    expect(mergeHistory([sampleIntent(STATES.prepared), sampleIntent(STATES.dropped, 'bb')], [])).toEqual([]);
  });
});
