import type { OperatorNo } from '../../../shared/protocol/identifiers.ts';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';

export interface OperatorRow {
  readonly operatorNo: OperatorNo;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly hasPasskey: boolean;
}

interface MerchantOperatorsProps {
  /** Address of the shop. */
  readonly here: string;
  readonly isOpen: boolean;
  readonly operators: readonly OperatorRow[];
  readonly suggestedOperatorNo: string;
  /** The form that was refused, and how. */
  readonly refused?: FormState | undefined;
}

/** The cashiers of one shop. */
export function MerchantOperators(props: MerchantOperatorsProps) {
  const { here, isOpen, operators, suggestedOperatorNo, refused } = props;
  const form = refused ?? EMPTY_FORM;
  return (
    <Section title="Cashiers" id="cashiers" note="Each signs in at the till with a passkey.">
      <DataTable
        caption="Cashiers"
        columns={[
          { label: 'Name', cell: ({ name }: OperatorRow) => name },
          { label: 'Operator no.', kind: 'key', cell: ({ operatorNo }: OperatorRow) => operatorNo },
          {
            label: 'Status',
            cell: ({ status, hasPasskey }: OperatorRow) => (
              <StatusChip state={status === 'closed' ? 'closed' : hasPasskey ? 'enrolled' : 'unenrolled'} />
            ),
          },
          {
            label: 'Do',
            kind: 'act',
            cell: (row: OperatorRow) => isOpen && <OperatorActs row={row} here={here} />,
          },
        ]}
        rows={operators}
        empty={<p>No cashiers yet. A till needs at least one to sell.</p>}
      />
      {isOpen && (
        <details class="fold" open={refused !== undefined || operators.length === 0}>
          <summary>Add a cashier</summary>
          <PostForm action={`${here}/operators#cashiers`} form={form}>
            <Field
              {...fieldOf(form, 'operatorNo', suggestedOperatorNo)}
              label="Operator no."
              kind="key"
              inputmode="numeric"
              charsMax={4}
              help="2 to 4 digits; it stands on every receipt."
            />
            <Field {...fieldOf(form, 'name')} label="Name" charsMax={40} />
            <div class="buttons">
              <button class="button primary" type="submit">
                Add the cashier
              </button>
            </div>
          </PostForm>
        </details>
      )}
    </Section>
  );
}

function OperatorActs({ row, here }: { row: OperatorRow; here: string }) {
  const { operatorNo, name, status } = row;
  const place = `${here}/operators/${operatorNo}`;
  const isOpen = status === 'open';
  return (
    <span class="acts">
      {isOpen && (
        <PostForm action={`${place}/enrolment-code`} isInline>
          <button class="link-button" type="submit">
            Cashier code<span class="visually-hidden"> for {name}</span>
          </button>
        </PostForm>
      )}
      <PostForm action={`${place}/status`} isInline>
        <input type="hidden" name="status" value={isOpen ? 'closed' : 'open'} />
        <button class={isOpen ? 'link-button danger' : 'link-button'} type="submit">
          {isOpen ? 'Close' : 'Open again'}
          <span class="visually-hidden"> {name}</span>
        </button>
      </PostForm>
    </span>
  );
}
