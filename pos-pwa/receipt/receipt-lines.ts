import { formatAmount } from '../../shared/protocol/amount.ts';
import { formatSixDigits, formatTraceKey } from '../../shared/protocol/identifiers.ts';
import { nameOfTransType } from '../../shared/protocol/trans-type.ts';
import { formatMoment } from '../parts/format-time.ts';
import type { BookedPayment } from '../payments/day-rows.ts';
import { say } from '../say.ts';

export interface ReceiptLine {
  readonly label: string;
  readonly value: string;
}

/** The facts of a receipt in the order of a card slip: all eight fields of the request, when, which card, where in the books. */
export function listReceiptLines({ receipt, paidAtMs }: BookedPayment, locale: string): readonly ReceiptLine[] {
  const { currency, exponent, amountMinor, cardEnding } = receipt;
  const kind = nameOfTransType(receipt.transType);
  return [
    { label: say('receipt.time'), value: formatMoment(paidAtMs ?? receipt.decidedAtMs) },
    { label: say('receipt.type'), value: kind === 'sale' ? say('receipt.type-sale') : kind },
    { label: say('receipt.amount'), value: formatAmount(amountMinor, { code: currency, exponent }, locale) },
    ...(cardEnding === undefined ? [] : [{ label: say('receipt.card'), value: `•••• ${cardEnding}` }]),
    { label: say('receipt.operator'), value: receipt.operatorNo },
    { label: say('receipt.merchant'), value: receipt.merchantNo },
    { label: say('receipt.terminal'), value: receipt.terminalId },
    { label: say('receipt.batch'), value: formatSixDigits(receipt.batchNo) },
    { label: say('receipt.voucher'), value: formatSixDigits(receipt.voucherNo) },
    { label: say('receipt.acquirer'), value: receipt.acquirer },
    { label: say('receipt.issuer'), value: receipt.issuer },
    { label: say('receipt.sequence'), value: String(receipt.sequence) },
    ...(paidAtMs === undefined ? [] : [{ label: say('receipt.settled'), value: formatMoment(receipt.decidedAtMs) }]),
  ];
}

/** The same as plain text, to share. */
export function formatReceiptText(payment: BookedPayment, locale: string): string {
  const { receipt } = payment;
  return [
    `${receipt.shopName} – ${say('receipt.paid')}`,
    ...listReceiptLines(payment, locale).map(({ label, value }) => `${label}: ${value}`),
    `${say('payment.number')}: ${formatTraceKey(receipt)}`,
  ].join('\n');
}
