import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { DebtView } from '../../ledger/offline/debts.ts';
import { DataTable } from '../parts/data-table.tsx';
import { formatAccountNumber, formatFigure } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

/** What the programme paid shops in customers’ place, and they owe since. */
export function DebtTable({ view, rows }: { view: ConsoleView; rows: readonly DebtView[] }) {
  const { currency, timeZone } = view.programme;
  return (
    <DataTable
      caption="What customers owe"
      columns={[
        {
          label: 'Card',
          kind: 'key',
          cell: ({ accountNumber }: DebtView) => (
            <a href={places.account(accountNumber)}>{formatAccountNumber(accountNumber)}</a>
          ),
        },
        {
          label: 'Since',
          kind: 'key',
          cell: ({ bookedAtMs }: DebtView) => <Moment atMs={bookedAtMs} timeZone={timeZone} shape="dayTime" />,
        },
        {
          label: 'Paid for them',
          unit: currency.code,
          kind: 'figure',
          cell: ({ bookedMinor }: DebtView) => formatFigure(bookedMinor, currency),
        },
        {
          label: 'Collected',
          unit: currency.code,
          kind: 'figure',
          cell: ({ collectedMinor }: DebtView) => formatFigure(collectedMinor, currency),
        },
        {
          label: 'Owed',
          unit: currency.code,
          kind: 'figure',
          cell: ({ owedMinor }: DebtView) => formatFigure(owedMinor, currency),
        },
        {
          label: 'Collect',
          kind: 'act',
          cell: ({ accountNumber, collectableMinor }: DebtView) =>
            collectableMinor > 0 ? (
              <CollectDebt accountNumber={accountNumber} look="link-button">
                Collect {formatFigure(collectableMinor, currency)}
                <span class="visually-hidden"> from card {formatAccountNumber(accountNumber)}</span>
              </CollectDebt>
            ) : (
              <span class="quiet">Nothing on the card</span>
            ),
        },
      ]}
      rows={rows}
      empty={<p>No customer owes the programme anything.</p>}
    />
  );
}

interface CollectDebtProps {
  readonly accountNumber: AccountNumber;
  readonly look: 'link-button' | 'button primary' | 'button';
  readonly children?: unknown;
}

/** Takes what is on the account, as far as it goes. Pressed twice it takes no more than is owed. */
export function CollectDebt({ accountNumber, look, children }: CollectDebtProps) {
  return (
    <PostForm action={`${places.account(accountNumber)}/debt-collections`} isInline>
      <button class={look} type="submit">
        {children}
      </button>
    </PostForm>
  );
}
