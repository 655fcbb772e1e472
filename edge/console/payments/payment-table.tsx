import type { Child } from 'hono/jsx';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { REFUSALS, type RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { AttemptKind } from '../../ledger/payments/attempts.ts';
import { DataTable } from '../parts/data-table.tsx';
import { countOf, formatFigure } from '../parts/figures.ts';
import { PaidMoment } from '../parts/moment.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export type ShownPaymentStatus = 'waiting' | 'paid' | 'cancelled' | 'expired' | 'refused';

export interface PaymentRow {
  /** Absent from a refused attempt that proved none. */
  readonly traceKey?: TraceKey | undefined;
  readonly terminalId: string;
  readonly status: ShownPaymentStatus;
  readonly atMs: number;
  /** When the customer paid, where that was before it was booked. */
  readonly paidAtMs?: number | undefined;
  readonly shopName: string;
  /** Absent, as the amount is, from an attempt that proved no request: then there is no page to open either. */
  readonly operatorNo?: string | undefined;
  readonly amountMinor?: number | undefined;
  /** Of the card that paid, or that tried last. */
  readonly cardEnding?: string | undefined;
  readonly refusedAttempts: number;
  /** Of a refused attempt: what came in, and why it was refused. */
  readonly refused?: { readonly kind: AttemptKind; readonly code: RefusalCode } | undefined;
}

/** What came in and was refused. */
export const ATTEMPT_WORDS: Readonly<Record<AttemptKind, string>> = {
  submission: 'Till’s request',
  authorisation: 'Customer’s consent',
  cancellation: 'Withdrawal',
  charge: 'Scanned pay code',
};

/** Payments, newest first. */
export function PaymentTable({ view, rows, empty }: { view: ConsoleView; rows: readonly PaymentRow[]; empty: Child }) {
  const { currency, timeZone } = view.programme;
  return (
    <DataTable
      caption="Payments"
      columns={[
        {
          label: 'Payment number',
          kind: 'key',
          cell: (row: PaymentRow) => <TraceKeyCell view={view} row={row} />,
        },
        {
          label: 'Time',
          kind: 'key',
          cell: (row: PaymentRow) => <PaidMoment {...row} timeZone={timeZone} />,
        },
        { label: 'Shop', cell: ({ shopName }: PaymentRow) => shopName },
        { label: 'Operator no.', kind: 'key', cell: ({ operatorNo }: PaymentRow) => operatorNo ?? '' },
        { label: 'Card', kind: 'key', cell: ({ cardEnding }: PaymentRow) => (cardEnding ? `•••• ${cardEnding}` : '') },
        {
          label: 'Status',
          cell: ({ status, refusedAttempts, refused }: PaymentRow) => (
            <span>
              <StatusChip state={status} />
              {refused && (
                <span class="under">
                  {ATTEMPT_WORDS[refused.kind]}: {REFUSALS[refused.code].meaning}
                </span>
              )}
              {refusedAttempts > 0 && status !== 'refused' && (
                <span class="under">{countOf(refusedAttempts, 'refused attempt')}</span>
              )}
            </span>
          ),
        },
        {
          label: 'Amount',
          unit: currency.code,
          kind: 'figure',
          cell: ({ amountMinor }: PaymentRow) => (amountMinor === undefined ? '' : formatFigure(amountMinor, currency)),
        },
      ]}
      rows={rows}
      empty={empty}
    />
  );
}

function TraceKeyCell({ view, row }: { view: ConsoleView; row: PaymentRow }) {
  const { traceKey, terminalId, amountMinor } = row;
  if (traceKey === undefined) return <span>Till {terminalId}</span>;
  if (amountMinor === undefined) return <span>{traceKey}</span>;
  return <a href={places.payment(view.participant.code, traceKey)}>{traceKey}</a>;
}
