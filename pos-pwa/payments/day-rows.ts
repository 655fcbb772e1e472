import type { Currency } from '../../shared/protocol/currency.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { formatTraceKey, type TraceKey } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { isOpen, type Sale, timeOf } from '../sale/sale.ts';

/** One line of the day's list. */
export interface DayRow {
  readonly traceKey: TraceKey;
  readonly voucherNo: number;
  readonly atMs: number;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly operatorName: string;
  /** `guaranteed`: taken without network, and not handed in yet; `not-settled`: refused by the centre afterwards. */
  readonly status: 'paid' | 'not-paid' | 'checking' | 'guaranteed' | 'not-settled';
  readonly refusal?: RefusalCode;
  /** Known only from the centre's books: sold before this device was set up again. */
  readonly isFromCentre: boolean;
}

/** A payment as the centre tells of it, its receipt verified. */
export interface BookedPayment {
  readonly receipt: ReceiptContent;
  /** When the customer paid, where that was before the centre decided it. */
  readonly paidAtMs?: number | undefined;
}

export interface DayTotals {
  /** Those taken without network among them: they are guaranteed. */
  readonly paidCount: number;
  readonly paidMinor: number;
  readonly openCount: number;
  /** Of the paid ones, those that are not handed in yet. */
  readonly guaranteedCount: number;
  readonly guaranteedMinor: number;
  readonly notSettledCount: number;
}

/**
 * The till's own sales and the receipts the centre has for this batch, as one list, newest first. A sale that is known here
 * is shown as it is known here: what the centre says of it was applied to it before.
 */
export function listDay(sales: readonly Sale[], booked: readonly BookedPayment[]): readonly DayRow[] {
  const rows = new Map<TraceKey, DayRow>();
  for (const payment of booked) {
    const row = rowOfBooked(payment);
    rows.set(row.traceKey, row);
  }
  for (const sale of sales) rows.set(sale.traceKey, rowOfSale(sale));
  return [...rows.values()].sort((left, right) => right.voucherNo - left.voucherNo);
}

export function totalDay(rows: readonly DayRow[]): DayTotals {
  const guaranteed = rows.filter(({ status }) => status === 'guaranteed');
  const paid = rows.filter(({ status }) => status === 'paid' || status === 'guaranteed');
  return {
    paidCount: paid.length,
    paidMinor: sumOf(paid),
    openCount: countOf(rows, 'checking'),
    guaranteedCount: guaranteed.length,
    guaranteedMinor: sumOf(guaranteed),
    notSettledCount: countOf(rows, 'not-settled'),
  };
}

function sumOf(rows: readonly DayRow[]): number {
  return rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function countOf(rows: readonly DayRow[], wanted: DayRow['status']): number {
  return rows.filter(({ status }) => status === wanted).length;
}

function rowOfSale(sale: Sale): DayRow {
  const { traceKey, voucherNo, amountMinor, currency, operatorName, state } = sale;
  return {
    traceKey,
    voucherNo,
    atMs: timeOf(sale),
    amountMinor,
    currency,
    operatorName,
    status: statusOf(sale),
    ...((state.status === 'not-paid' || state.status === 'not-settled') && { refusal: state.code }),
    isFromCentre: false,
  };
}

function statusOf(sale: Sale): DayRow['status'] {
  if (isOpen(sale)) return 'checking';
  const { status } = sale.state;
  if (status === 'accepted') return 'guaranteed';
  return status === 'paid' || status === 'not-settled' ? status : 'not-paid';
}

function rowOfBooked({ receipt, paidAtMs }: BookedPayment): DayRow {
  const { voucherNo, decidedAtMs, amountMinor, currency, exponent, operatorNo } = receipt;
  return {
    traceKey: formatTraceKey(receipt),
    voucherNo,
    atMs: paidAtMs ?? decidedAtMs,
    amountMinor,
    currency: { code: currency, exponent },
    operatorName: operatorNo,
    status: 'paid',
    isFromCentre: true,
  };
}
