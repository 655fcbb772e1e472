import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { formatAccountNumber, formatFigure } from '../parts/figures.ts';
import { Pager } from '../parts/pager.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export type AccountStatus = 'open' | 'frozen' | 'closed';

export interface AccountRow {
  readonly accountNumber: AccountNumber;
  readonly label: string;
  /** The customer's own name for themselves; none while nobody has claimed the card. */
  readonly customerName?: string | undefined;
  readonly status: AccountStatus;
  readonly availableMinor: number;
}

interface AccountsPageProps {
  readonly view: ConsoleView;
  readonly accounts: readonly AccountRow[];
  readonly search: string;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly form?: FormState;
}

export function AccountsPage(props: AccountsPageProps) {
  const { view, accounts, search, nextHref, firstHref, form = EMPTY_FORM } = props;
  const { currency } = view.programme;
  const here = places.accounts(view.participant.code);
  return (
    <ConsolePage view={view} title="Accounts" lead="Customers’ cards, each with its own balance.">
      <search>
        <form class="filters" method="get" action={here}>
          <div class="field wide">
            <label for="search">Number, ending, card or customer</label>
            <input id="search" name="search" type="search" value={search} autocomplete="off" spellcheck={false} />
          </div>
          <div class="buttons">
            <button class="button" type="submit">
              Search
            </button>
            {search && <a href={here}>Show all</a>}
          </div>
        </form>
      </search>
      <DataTable
        caption="Accounts"
        columns={[
          {
            label: 'Account',
            kind: 'key',
            cell: ({ accountNumber }: AccountRow) => (
              <a href={places.account(accountNumber)}>{formatAccountNumber(accountNumber)}</a>
            ),
          },
          { label: 'Card', cell: ({ label }: AccountRow) => label },
          {
            label: 'Customer',
            cell: ({ customerName }: AccountRow) => customerName ?? <span class="quiet">Not claimed yet</span>,
          },
          { label: 'Status', cell: ({ status }: AccountRow) => <StatusChip state={status} /> },
          {
            label: 'Available',
            unit: currency.code,
            kind: 'figure',
            cell: ({ availableMinor }: AccountRow) => formatFigure(availableMinor, currency),
          },
        ]}
        rows={accounts}
        empty={
          search ? (
            <p>
              Nothing fits “{search}”. Try the last four digits, or <a href={here}>show all accounts</a>.
            </p>
          ) : (
            <p>No accounts yet. Customers open theirs in the wallet, or issue a card below and hand over its code.</p>
          )
        }
      />
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <Section
        title="Issue a card"
        id="issue"
        note="Opens an account and makes a code with which a customer takes it over."
      >
        <PostForm action={`${here}#issue`} form={form}>
          <Field
            {...fieldOf(form, 'label')}
            label="Name of the card"
            charsMax={40}
            help="As the customer sees it in the wallet, such as “Canteen” or “Guest 12”."
          />
          <div class="buttons">
            <button class="button primary" type="submit">
              Issue the card
            </button>
          </div>
        </PostForm>
      </Section>
    </ConsolePage>
  );
}
