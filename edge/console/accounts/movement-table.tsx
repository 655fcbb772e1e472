import type { Currency } from '../../../shared/protocol/currency.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { DataTable } from '../parts/data-table.tsx';
import { formatFigure } from '../parts/figures.ts';
import { PaidMoment } from '../parts/moment.tsx';

export interface MovementRow {
  /** Place in the participant's journal. */
  readonly sequence: number;
  readonly atMs: number;
  /** When the customer paid, where that was before it was booked. */
  readonly paidAtMs?: number | undefined;
  readonly what: string;
  /** Shop, or the reference of a top-up. */
  readonly detail?: string | undefined;
  readonly traceKey?: TraceKey | undefined;
  readonly paymentHref?: string | undefined;
  /** Negative: left the account. */
  readonly amountMinor: number;
}

interface MovementTableProps {
  readonly rows: readonly MovementRow[];
  readonly currency: Currency;
  readonly timeZone: string;
}

/** What moved on one account, newest first. */
export function MovementTable({ rows, currency, timeZone }: MovementTableProps) {
  return (
    <DataTable
      caption="Movements"
      columns={[
        {
          label: 'Time',
          kind: 'key',
          cell: (row: MovementRow) => <PaidMoment {...row} timeZone={timeZone} />,
        },
        {
          label: 'What',
          cell: ({ what, detail, traceKey, paymentHref }: MovementRow) => (
            <span>
              {paymentHref ? <a href={paymentHref}>{what}</a> : what}
              {(detail || traceKey) && <span class="under">{[detail, traceKey].filter(Boolean).join(', ')}</span>}
            </span>
          ),
        },
        { label: 'Entry', kind: 'figure', cell: ({ sequence }: MovementRow) => sequence },
        {
          label: 'Amount',
          unit: currency.code,
          kind: 'figure',
          cell: ({ amountMinor }: MovementRow) => (amountMinor > 0 ? '+' : '') + formatFigure(amountMinor, currency),
        },
      ]}
      rows={rows}
      empty={<p>Nothing has moved on this account yet.</p>}
    />
  );
}
