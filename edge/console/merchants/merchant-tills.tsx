import type { TerminalId } from '../../../shared/protocol/identifiers.ts';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { Moment } from '../parts/moment.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface TerminalRow {
  readonly terminalId: TerminalId;
  readonly status: 'open' | 'closed';
  readonly activatedAtMs?: number | undefined;
}

interface MerchantTillsProps {
  readonly view: ConsoleView;
  /** Address of the shop. */
  readonly here: string;
  readonly isOpen: boolean;
  readonly terminals: readonly TerminalRow[];
  readonly suggestedTerminalId: string;
  /** The form that was refused, and how. */
  readonly refused?: FormState | undefined;
}

/** The tills of one shop. */
export function MerchantTills(props: MerchantTillsProps) {
  const { view, here, isOpen, terminals, suggestedTerminalId, refused } = props;
  const { timeZone } = view.programme;
  const form = refused ?? EMPTY_FORM;
  return (
    <Section title="Tills" id="tills">
      <DataTable
        caption="Tills"
        columns={[
          {
            label: 'Terminal',
            kind: 'key',
            cell: ({ terminalId }: TerminalRow) => (
              <a href={places.terminal(view.participant.code, terminalId)}>{terminalId}</a>
            ),
          },
          {
            label: 'Status',
            cell: ({ status, activatedAtMs }: TerminalRow) => (
              <StatusChip
                state={status === 'closed' ? 'closed' : activatedAtMs === undefined ? 'unactivated' : 'ready'}
              />
            ),
          },
          {
            label: 'Activated',
            cell: ({ activatedAtMs }: TerminalRow) =>
              activatedAtMs !== undefined && <Moment atMs={activatedAtMs} timeZone={timeZone} shape="dayTime" />,
          },
          {
            label: 'Do',
            kind: 'act',
            cell: ({ terminalId, status }: TerminalRow) =>
              isOpen &&
              status === 'open' && (
                <a href={`${places.terminal(view.participant.code, terminalId)}#activate`}>
                  Activation code<span class="visually-hidden"> for {terminalId}</span>
                </a>
              ),
          },
        ]}
        rows={terminals}
        empty={<p>No till yet. Add one, then open its activation code on the tablet.</p>}
      />
      {isOpen && (
        <details class="fold" open={refused !== undefined || terminals.length === 0}>
          <summary>Add a till</summary>
          <PostForm action={`${here}/terminals#tills`} form={form}>
            <Field
              {...fieldOf(form, 'terminalId', suggestedTerminalId)}
              label="Terminal id"
              kind="key"
              charsMax={8}
              help="8 capital letters or digits. Keep the suggestion, or enter the id the till already has."
            />
            <div class="buttons">
              <button class="button primary" type="submit">
                Add the till
              </button>
            </div>
          </PostForm>
        </details>
      )}
    </Section>
  );
}
