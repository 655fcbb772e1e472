import type { OutstandingAllowance } from '../../ledger/offline/exposure.ts';
import type { ConsoleView } from '../view.ts';
import { AllowanceTable } from './allowance-table.tsx';
import { OfflineFrame } from './offline-frame.tsx';

interface AllowancesPageProps {
  readonly view: ConsoleView;
  readonly rows: readonly OutstandingAllowance[];
}

/** Every allowance that money is still set aside for. */
export function AllowancesPage({ view, rows }: AllowancesPageProps) {
  return (
    <OfflineFrame
      view={view}
      title="Set aside"
      lead="Money that phones can spend without a network, or have spent and that may still come in. It pays for nothing else."
    >
      <div id="allowances" data-refresh-seconds={10}>
        <AllowanceTable
          view={view}
          rows={rows}
          empty={
            <p>
              No phone has set anything aside. A customer switches offline payments on in the wallet, under Settings;
              from then on the wallet renews it by itself.
            </p>
          }
        />
      </div>
    </OfflineFrame>
  );
}
