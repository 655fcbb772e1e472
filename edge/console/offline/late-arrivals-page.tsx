import type { LateArrival } from '../../ledger/offline/exposure.ts';
import { DataTable } from '../parts/data-table.tsx';
import { formatFigure } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { nameSource } from './describe-settlement.ts';
import { formatDuration } from './format-duration.ts';
import { OfflineFrame } from './offline-frame.tsx';

/** A payment that came in after the time in which its request could be paid: both sides had been without network. */
export interface LateArrivalRow extends LateArrival {
  readonly shopName: string;
}

interface LateArrivalsPageProps {
  readonly view: ConsoleView;
  readonly rows: readonly LateArrivalRow[];
}

export function LateArrivalsPage({ view, rows }: LateArrivalsPageProps) {
  const { currency, timeZone } = view.programme;
  return (
    <OfflineFrame
      view={view}
      title="Late arrivals"
      lead="Payments made without network, and handed in after their request’s time was over. Newest first."
    >
      <div id="late-arrivals" data-refresh-seconds={10}>
        <DataTable
          caption="Late arrivals"
          columns={[
            {
              label: 'Payment number',
              kind: 'key',
              cell: ({ traceKey }: LateArrivalRow) => (
                <a href={places.payment(view.participant.code, traceKey)}>{traceKey}</a>
              ),
            },
            {
              label: 'Paid at the till',
              kind: 'key',
              cell: ({ consentedAtMs }: LateArrivalRow) => (
                <Moment atMs={consentedAtMs} timeZone={timeZone} shape="dayTime" />
              ),
            },
            {
              label: 'Came in',
              kind: 'key',
              cell: ({ settledAtMs, lateByMs }: LateArrivalRow) => (
                <span>
                  <Moment atMs={settledAtMs} timeZone={timeZone} shape="dayTime" />
                  <span class="under">{formatDuration(lateByMs)} late</span>
                </span>
              ),
            },
            { label: 'By', cell: ({ handedInBy }: LateArrivalRow) => (handedInBy === 'till' ? 'Till' : 'Phone') },
            {
              label: 'Shop',
              cell: ({ shopName, terminalId }: LateArrivalRow) => (
                <span>
                  {shopName}
                  <span class="under code">{terminalId}</span>
                </span>
              ),
            },
            { label: 'Paid from', cell: ({ settledFrom }: LateArrivalRow) => nameSource(settledFrom) },
            {
              label: 'Amount',
              unit: currency.code,
              kind: 'figure',
              cell: ({ amountMinor }: LateArrivalRow) => formatFigure(amountMinor, currency),
            },
          ]}
          rows={rows}
          empty={
            <p>
              No payment has come in late. One taken without a network, and handed in while its request still ran, is in
              time.
            </p>
          }
        />
      </div>
    </OfflineFrame>
  );
}
