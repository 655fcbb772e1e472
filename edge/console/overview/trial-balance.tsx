import type { Currency } from '../../../shared/protocol/currency.ts';
import { DataTable } from '../parts/data-table.tsx';
import { countOf, formatCount, formatFigure, formatMoney } from '../parts/figures.ts';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';

export interface TrialBalanceLine {
  readonly name: string;
  readonly note?: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  /** Part of it that is set aside for payments under way. */
  readonly heldMinor?: number;
}

export interface TrialBalanceFacts {
  readonly lines: readonly TrialBalanceLine[];
  readonly debitMinor: number;
  readonly creditMinor: number;
  /** What the books found wrong with themselves besides the sums, in plain words. */
  readonly faults: readonly string[];
  /** Entries in the journal, and how many of them were found whole in their chain. */
  readonly entries: number;
  readonly checkedEntries: number;
  readonly readAtMs: number;
}

interface TrialBalanceProps {
  readonly facts: TrialBalanceFacts;
  readonly currency: Currency;
  readonly timeZone: string;
}

/** Opening the books is an entry itself, which nobody booked. */
const ENTRIES_OF_OPENING = 1;

/** Says in one sentence whether the books balance, and by how much they do not. */
export function BalanceStatement({ facts, currency, timeZone }: TrialBalanceProps) {
  const { debitMinor, creditMinor, faults, entries, checkedEntries, readAtMs } = facts;
  const differenceMinor = debitMinor - creditMinor;
  const isRight = differenceMinor === 0 && faults.length === 0;
  return (
    <div class={isRight ? 'statement' : 'statement wrong'}>
      <span class="statement-sign">
        <Icon name={isRight ? 'tick' : 'warning'} />
      </span>
      <p class="statement-words" role="status">
        {isRight
          ? 'The books balance.'
          : differenceMinor !== 0
            ? `The books do not balance: they differ by ${formatMoney(Math.abs(differenceMinor), currency)}.`
            : 'The sums agree, but the books failed a check.'}
      </p>
      <div class="statement-note">
        <p>
          Debits <span class="money">{formatMoney(debitMinor, currency)}</span>, credits{' '}
          <span class="money">{formatMoney(creditMinor, currency)}</span>, read at{' '}
          <Moment atMs={readAtMs} timeZone={timeZone} shape="time" />.{' '}
          {entries <= ENTRIES_OF_OPENING
            ? 'Nothing is booked yet.'
            : checkedEntries < entries
              ? `${formatCount(checkedEntries)} of ${formatCount(entries)} journal entries checked so far.`
              : `The chain of ${countOf(entries, 'journal entry', 'journal entries')} is whole.`}
        </p>
        {!isRight && (
          <>
            {faults.map((fault) => (
              <p>{fault}</p>
            ))}
            <p>Stop top-ups and tell whoever runs this centre before anything else is booked.</p>
          </>
        )}
      </div>
    </div>
  );
}

/** The trial balance as accountants set it: two columns, one sum each, and the sums must be equal. */
export function TrialBalanceTable({ facts, currency }: TrialBalanceProps) {
  const figure = (amountMinor: number) => (amountMinor === 0 ? '' : formatFigure(amountMinor, currency));
  return (
    <DataTable
      caption="Trial balance"
      isTight
      columns={[
        {
          label: 'Account',
          cell: ({ name, note, heldMinor }: TrialBalanceLine) => (
            <>
              {name}
              {note && <span class="under">{note}</span>}
              {heldMinor !== undefined && <span class="under">{formatFigure(heldMinor, currency)} of it held</span>}
            </>
          ),
        },
        {
          label: 'Debit',
          unit: currency.code,
          kind: 'figure',
          cell: ({ debitMinor }: TrialBalanceLine) => figure(debitMinor),
          total: formatFigure(facts.debitMinor, currency),
        },
        {
          label: 'Credit',
          unit: currency.code,
          kind: 'figure',
          cell: ({ creditMinor }: TrialBalanceLine) => figure(creditMinor),
          total: formatFigure(facts.creditMinor, currency),
        },
      ]}
      rows={facts.lines}
      empty="Nothing has been booked yet."
      totalLabel="Total"
    />
  );
}
