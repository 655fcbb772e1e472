import type { DoubleSpendView } from '../../ledger/offline/evidence-views.ts';
import { DataTable } from '../parts/data-table.tsx';
import { formatAccountNumber, formatFigure } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { type ChipState, StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { CONTRADICTION_TITLES } from './describe-contradiction.ts';
import { OfflineFrame } from './offline-frame.tsx';

/** A proven double spending, with the shop that came second. */
export interface EvidenceRow extends DoubleSpendView {
  readonly shopName: string;
}

interface EvidenceListPageProps {
  readonly view: ConsoleView;
  readonly rows: readonly EvidenceRow[];
}

export function EvidenceListPage({ view, rows }: EvidenceListPageProps) {
  return (
    <OfflineFrame
      view={view}
      title="Double spends"
      lead="The same money, spent at two tills by copies of one phone. Each is proven by signatures that anyone can check."
    >
      <EvidenceTable view={view} rows={rows} />
    </OfflineFrame>
  );
}

const OUTCOME_STATES: Readonly<Record<DoubleSpendView['outcome'], ChipState>> = {
  reserve: 'paid',
  available: 'paid',
  guarantee: 'guaranteed',
  refused: 'refused',
};

function EvidenceTable({ view, rows }: { view: ConsoleView; rows: readonly EvidenceRow[] }) {
  const { currency, timeZone } = view.programme;
  return (
    <DataTable
      caption="Double spends"
      columns={[
        {
          label: 'Found',
          kind: 'key',
          cell: ({ id, foundAtMs }: EvidenceRow) => (
            <a href={places.evidence(view.participant.code, id)}>
              <Moment atMs={foundAtMs} timeZone={timeZone} shape="dayTime" />
            </a>
          ),
        },
        { label: 'What', cell: ({ contradiction }: EvidenceRow) => CONTRADICTION_TITLES[contradiction] },
        {
          label: 'Card',
          kind: 'key',
          cell: ({ accountNumber }: EvidenceRow) => (
            <a href={places.account(accountNumber)}>{formatAccountNumber(accountNumber)}</a>
          ),
        },
        { label: 'Second shop', cell: ({ shopName }: EvidenceRow) => shopName },
        {
          label: 'Shop was',
          cell: ({ outcome }: EvidenceRow) => <StatusChip state={OUTCOME_STATES[outcome]} />,
        },
        {
          label: 'Amount',
          unit: currency.code,
          kind: 'figure',
          cell: ({ amountMinor }: EvidenceRow) => formatFigure(amountMinor, currency),
        },
      ]}
      rows={rows}
      empty={<p>Nobody has spent the same money twice.</p>}
    />
  );
}
