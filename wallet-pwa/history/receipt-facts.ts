import { encodeHex } from '../../shared/protocol/bytes.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { formatSixDigits, formatTraceKey } from '../../shared/protocol/identifiers.ts';
import { nameOfTransType } from '../../shared/protocol/trans-type.ts';
import { type ReceiptTextKey, sayReceipt } from './receipt-texts.ts';

export type Fact = readonly [name: string, value: string];

/**
 * Every field that the centre signed, in words: R1.8 tells both sides all of them. The first ones are for everyone.
 * @param settled when it was booked, of a payment that was made before
 */
export function receiptFacts(
  receipt: ReceiptContent,
  when: string,
  settled?: string,
): { main: readonly Fact[]; all: readonly Fact[] } {
  const trace = formatTraceKey(receipt);
  const fact = (key: ReceiptTextKey, value: string): Fact => [sayReceipt(key), value];
  return {
    main: [
      fact('receipt.when', when),
      ...(receipt.cardEnding === undefined ? [] : [fact('receipt.card', `••••\u00a0${receipt.cardEnding}`)]),
      fact('receipt.cashier', receipt.operatorNo),
      fact('receipt.number', trace),
    ],
    all: [
      ...(settled === undefined ? [] : [fact('receipt.settled', settled)]),
      fact('receipt.type', sayReceipt(`receipt.type.${nameOfTransType(receipt.transType)}`)),
      fact('receipt.merchant', receipt.merchantNo),
      fact('receipt.terminal', receipt.terminalId),
      fact('receipt.batch', formatSixDigits(receipt.batchNo)),
      fact('receipt.voucher', formatSixDigits(receipt.voucherNo)),
      fact('receipt.currency', receipt.currency),
      fact('receipt.acquirer', receipt.acquirer),
      fact('receipt.issuer', receipt.issuer),
      fact('receipt.sequence', String(receipt.sequence)),
      ...(receipt.refusal ? [fact('receipt.reason', receipt.refusal)] : []),
      fact('receipt.request', encodeHex(receipt.requestHash)),
      fact('receipt.authorisation', encodeHex(receipt.authorisationHash)),
    ],
  };
}
