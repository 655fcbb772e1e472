import type { DebtView } from '../../ledger/offline/debts.ts';
import type { OutstandingAllowance } from '../../ledger/offline/exposure.ts';
import { Section } from '../layout/section.tsx';
import { formatMoney } from '../parts/figures.ts';
import type { ConsoleView } from '../view.ts';
import { AllowanceTable } from './allowance-table.tsx';
import { CollectDebt } from './debt-table.tsx';

interface AccountOfflineProps {
  readonly view: ConsoleView;
  readonly allowances: readonly OutstandingAllowance[];
  readonly debt?: DebtView | undefined;
}

/** What a card has set aside for paying without network, and what its holder owes; nothing where there is neither. */
export function AccountOffline({ view, allowances, debt }: AccountOfflineProps) {
  const { currency } = view.programme;
  return (
    <>
      {debt && debt.owedMinor > 0 && (
        <Section title="Debt" id="debt">
          <p>
            The customer owes the programme <strong>{formatMoney(debt.owedMinor, currency)}</strong>: it paid a shop in
            their place for money spent twice.{' '}
            {debt.collectableMinor === 0 && 'There is nothing on the card to collect it from.'}
          </p>
          {debt.collectableMinor > 0 && (
            <CollectDebt accountNumber={debt.accountNumber} look="button primary">
              Collect {formatMoney(debt.collectableMinor, currency)} from the card
            </CollectDebt>
          )}
        </Section>
      )}
      {allowances.length > 0 && (
        <Section title="Set aside for paying without network" id="set-aside" refreshSeconds={10}>
          <AllowanceTable view={view} rows={allowances} empty="" hasCards={false} />
        </Section>
      )}
    </>
  );
}
