import type { DebtView } from '../../ledger/offline/debts.ts';
import type { DoubleSpendView } from '../../ledger/offline/evidence-views.ts';
import { countOf, formatMoney } from '../parts/figures.ts';
import { Notice } from '../parts/notice.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface OfflineNews {
  readonly doubleSpends: readonly DoubleSpendView[];
  readonly debts: readonly DebtView[];
}

/** So long a double spending is news by itself; after that only what is still owed for it. */
const NEWS_MS = 7 * 24 * 3600 * 1000;

/** One line while there is something to look at: money that was spent twice lately, or that is owed. */
export function OfflineNotice({ view, news }: { view: ConsoleView; news: OfflineNews }) {
  const { code } = view.participant;
  const newest = news.doubleSpends.filter(({ foundAtMs }) => view.nowMs - foundAtMs < NEWS_MS);
  const owedMinor = news.debts.reduce((sum, debt) => sum + debt.owedMinor, 0);
  const owed = formatMoney(owedMinor, view.programme.currency);
  return (
    <div id="offline" data-refresh-seconds={10}>
      {(newest.length > 0 || owedMinor > 0) && (
        <Notice kind="info">
          {newest.length > 0 && (
            <>
              {countOf(newest.length, 'double spend')} in the last seven days.{' '}
              <a href={places.evidenceList(code)}>Look at the proof</a>.{' '}
            </>
          )}
          {owedMinor > 0 && (
            <>
              {countOf(news.debts.length, 'customer')} {news.debts.length === 1 ? 'owes' : 'owe'} the programme {owed}{' '}
              for money spent twice. <a href={`${places.offline(code)}#debts`}>Collect it</a>.
            </>
          )}
        </Notice>
      )}
    </div>
  );
}
