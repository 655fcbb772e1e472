import type { ParticipantCode } from '../../../shared/protocol/identifiers.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { formatFigure } from '../parts/figures.ts';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface ParticipantRow {
  readonly code: ParticipantCode;
  readonly name: string;
  readonly moneyInMinor: number;
  readonly isBalanced: boolean;
}

interface ParticipantsPageProps {
  readonly view: ConsoleView;
  readonly participants: readonly ParticipantRow[];
  readonly suggestedCode: string;
  readonly form?: FormState;
}

/** The institutions of the programme; each keeps books of its own. */
export function ParticipantsPage({ view, participants, suggestedCode, form = EMPTY_FORM }: ParticipantsPageProps) {
  const { currency } = view.programme;
  return (
    <ConsolePage
      view={view}
      title="Participants"
      lead="Institutions of the programme. Each issues its own accounts, signs up its own merchants and keeps its own books."
    >
      <DataTable
        caption="Participants"
        columns={[
          {
            label: 'Participant',
            cell: ({ code, name }: ParticipantRow) => <a href={places.overview(code)}>{name}</a>,
          },
          { label: 'Code', kind: 'key', cell: ({ code }: ParticipantRow) => code },
          {
            label: 'Books',
            cell: ({ isBalanced }: ParticipantRow) =>
              isBalanced ? (
                <span class="status paid">Balance</span>
              ) : (
                <span class="status not-paid">Do not balance</span>
              ),
          },
          {
            label: 'Money paid in',
            unit: currency.code,
            kind: 'figure',
            cell: ({ moneyInMinor }: ParticipantRow) => formatFigure(moneyInMinor, currency),
          },
        ]}
        rows={participants}
        empty=""
      />
      <Section title="Add a participant" id="add">
        <PostForm action={`${places.participants}#add`} form={form}>
          <Field {...fieldOf(form, 'name')} label="Name" charsMax={40} />
          <Field
            {...fieldOf(form, 'code', suggestedCode)}
            label="Code"
            kind="key"
            inputmode="numeric"
            charsMax={6}
            help="Six digits. Every account number of the participant begins with them, so they can never change."
          />
          <div class="buttons">
            <button class="button primary" type="submit">
              Add the participant
            </button>
          </div>
        </PostForm>
      </Section>
    </ConsolePage>
  );
}
