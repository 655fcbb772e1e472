import type { Child } from 'hono/jsx';
import type { AllowanceStatus, OutstandingAllowance } from '../../ledger/offline/exposure.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { formatAccountNumber, formatFigure } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { type ChipState, StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

const STATE_OF: Readonly<Record<AllowanceStatus, ChipState>> = {
  live: 'in-use',
  ended: 'claimable',
  revoked: 'withdrawn',
};

interface AllowanceTableProps {
  readonly view: ConsoleView;
  readonly rows: readonly OutstandingAllowance[];
  readonly empty: Child;
  /** Left out on a card's own page. */
  readonly hasCards?: boolean;
}

export function AllowanceTable({ view, rows, empty, hasCards = true }: AllowanceTableProps) {
  const { currency, timeZone } = view.programme;
  const card: Column<OutstandingAllowance> = {
    label: 'Card',
    kind: 'key',
    cell: ({ accountNumber }) => <a href={places.account(accountNumber)}>{formatAccountNumber(accountNumber)}</a>,
  };
  return (
    <DataTable
      caption="Money set aside"
      columns={[
        ...(hasCards ? [card] : []),
        {
          label: 'Phone',
          kind: 'key',
          cell: ({ phone, status }: OutstandingAllowance) => (
            <span>
              {phone}
              <span class="under">
                <StatusChip state={STATE_OF[status]} />
              </span>
            </span>
          ),
        },
        {
          label: 'Can spend until',
          // Beside the forms of a card's own page there is less room.
          kind: hasCards ? 'key' : 'text',
          cell: ({ expiresAtMs, claimUntilMs }: OutstandingAllowance) => (
            <span>
              <Moment atMs={expiresAtMs} timeZone={timeZone} shape="dayTime" />
              <span class="under">
                may come in until <Moment atMs={claimUntilMs} timeZone={timeZone} shape="dayTime" />
              </span>
            </span>
          ),
        },
        {
          label: 'Spent',
          unit: currency.code,
          kind: 'figure',
          cell: ({ paidMinor, limitMinor }: OutstandingAllowance) => (
            <span>
              {formatFigure(paidMinor, currency)}
              <span class="under">of {formatFigure(limitMinor, currency)}</span>
            </span>
          ),
        },
        {
          label: 'Set aside',
          unit: currency.code,
          kind: 'figure',
          cell: ({ reservedMinor }: OutstandingAllowance) => formatFigure(reservedMinor, currency),
          total: formatFigure(
            rows.reduce((sum, { reservedMinor }) => sum + reservedMinor, 0),
            currency,
          ),
        },
      ]}
      rows={rows}
      empty={empty}
      {...(rows.length > 1 && { totalLabel: 'Total' })}
    />
  );
}
