import type { Child } from 'hono/jsx';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { DataTable } from '../parts/data-table.tsx';
import { countOf, formatFigure } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export type ShownPaymentStatus = 'waiting' | 'paid' | 'cancelled' | 'expired' | 'refused';

export interface PaymentRow {
  readonly traceKey: TraceKey;
  readonly status: ShownPaymentStatus;
  readonly atMs: number;
  readonly shopName: string;
  readonly operatorNo: string;
  readonly amountMinor: number;
  /** Of the card that paid, or that tried last. */
  readonly cardEnding?: string | undefined;
  readonly refusedAttempts: number;
}

/** Payments, newest first. */
export function PaymentTable({ view, rows, empty }: { view: ConsoleView; rows: readonly PaymentRow[]; empty: Child }) {
  const { currency, timeZone } = view.programme;
  return (
    <DataTable
      caption="Payments"
      columns={[
        {
          label: 'Trace key',
          kind: 'key',
          cell: ({ traceKey }: PaymentRow) => <a href={places.payment(view.participant.code, traceKey)}>{traceKey}</a>,
        },
        {
          label: 'Time',
          kind: 'key',
          cell: ({ atMs }: PaymentRow) => <Moment atMs={atMs} timeZone={timeZone} shape="dayTime" />,
        },
        { label: 'Shop', cell: ({ shopName }: PaymentRow) => shopName },
        { label: 'Operator', kind: 'key', cell: ({ operatorNo }: PaymentRow) => operatorNo },
        { label: 'Card', kind: 'key', cell: ({ cardEnding }: PaymentRow) => (cardEnding ? `•••• ${cardEnding}` : '') },
        {
          label: 'Status',
          cell: ({ status, refusedAttempts }: PaymentRow) => (
            <span>
              <StatusChip state={status} />
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
          cell: ({ amountMinor }: PaymentRow) => formatFigure(amountMinor, currency),
        },
      ]}
      rows={rows}
      empty={empty}
    />
  );
}
