import type { MerchantNo } from '../../../shared/protocol/identifiers.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { formatCount, formatFigure } from '../parts/figures.ts';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface MerchantRow {
  readonly merchantNo: MerchantNo;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly terminalCount: number;
  readonly takingsTodayMinor: number;
  readonly paymentsToday: number;
  /** Balance of the payable account: what the programme owes the shop. */
  readonly owedMinor: number;
}

interface MerchantsPageProps {
  readonly view: ConsoleView;
  readonly merchants: readonly MerchantRow[];
  readonly suggestedNo: string;
  readonly form?: FormState;
}

export function MerchantsPage({ view, merchants, suggestedNo, form = EMPTY_FORM }: MerchantsPageProps) {
  const { currency } = view.programme;
  const here = places.merchants(view.participant.code);
  const sum = (pick: (row: MerchantRow) => number) => merchants.reduce((total, row) => total + pick(row), 0);
  return (
    <ConsolePage view={view} title="Merchants" lead="Shops that take payments, and the tills in them.">
      <DataTable
        caption="Merchants"
        columns={[
          {
            label: 'Shop',
            cell: ({ name, merchantNo }: MerchantRow) => (
              <a href={places.merchant(view.participant.code, merchantNo)}>{name}</a>
            ),
          },
          { label: 'Merchant no.', kind: 'key', cell: ({ merchantNo }: MerchantRow) => merchantNo },
          { label: 'Status', cell: ({ status }: MerchantRow) => <StatusChip state={status} /> },
          {
            label: 'Tills',
            kind: 'figure',
            cell: ({ terminalCount }: MerchantRow) => formatCount(terminalCount),
            total: formatCount(sum(({ terminalCount }) => terminalCount)),
          },
          {
            label: 'Payments today',
            kind: 'figure',
            cell: ({ paymentsToday }: MerchantRow) => formatCount(paymentsToday),
            total: formatCount(sum(({ paymentsToday }) => paymentsToday)),
          },
          {
            label: 'Takings today',
            unit: currency.code,
            kind: 'figure',
            cell: ({ takingsTodayMinor }: MerchantRow) => formatFigure(takingsTodayMinor, currency),
            total: formatFigure(
              sum(({ takingsTodayMinor }) => takingsTodayMinor),
              currency,
            ),
          },
          {
            label: 'Owed',
            unit: currency.code,
            kind: 'figure',
            cell: ({ owedMinor }: MerchantRow) => formatFigure(owedMinor, currency),
            total: formatFigure(
              sum(({ owedMinor }) => owedMinor),
              currency,
            ),
          },
        ]}
        rows={merchants}
        empty={<p>No merchants yet. Name the first shop below; its till comes next.</p>}
        {...(merchants.length > 1 && { totalLabel: 'All' })}
      />
      <Section title="Add a merchant" id="add">
        <PostForm action={`${here}#add`} form={form}>
          <Field
            {...fieldOf(form, 'name')}
            label="Name of the shop"
            charsMax={40}
            help="As customers read it on their phones and receipts. At most 32 bytes: 32 plain letters, fewer with accents."
          />
          <Field
            {...fieldOf(form, 'merchantNo', suggestedNo)}
            label="Merchant no."
            kind="key"
            charsMax={15}
            help="15 capital letters or digits. Keep the suggestion, or enter a number the shop already has."
          />
          <div class="buttons">
            <button class="button primary" type="submit">
              Add the merchant
            </button>
          </div>
        </PostForm>
      </Section>
    </ConsolePage>
  );
}
