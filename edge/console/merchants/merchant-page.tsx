import type { MerchantNo, OperatorNo, TerminalId } from '../../../shared/protocol/identifiers.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { formatAccountNumber, formatCount, formatMoney } from '../parts/figures.ts';
import { linkWithQuery } from '../parts/link-with-query.ts';
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

export interface OperatorRow {
  readonly operatorNo: OperatorNo;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly hasPasskey: boolean;
}

export interface MerchantFacts {
  readonly merchantNo: MerchantNo;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly accountNumber: string;
  readonly createdAtMs: number;
  readonly owedMinor: number;
  readonly takingsTodayMinor: number;
  readonly paymentsToday: number;
  readonly terminals: readonly TerminalRow[];
  readonly operators: readonly OperatorRow[];
}

export type MerchantFormName = 'terminal' | 'operator';

interface MerchantPageProps {
  readonly view: ConsoleView;
  readonly merchant: MerchantFacts;
  readonly suggestedTerminalId: string;
  readonly suggestedOperatorNo: string;
  /** The form that was refused, and how. */
  readonly refused?: { readonly name: MerchantFormName; readonly form: FormState } | undefined;
}

/** One shop: its tills, its cashiers, what it took. */
export function MerchantPage(props: MerchantPageProps) {
  const { view, merchant, suggestedTerminalId, suggestedOperatorNo, refused } = props;
  const { currency, timeZone } = view.programme;
  const { merchantNo, name, status, takingsTodayMinor, paymentsToday, owedMinor } = merchant;
  const here = places.merchant(view.participant.code, merchantNo);
  const paymentsHref = linkWithQuery(places.payments(view.participant.code), { merchant: merchantNo });
  const formOf = (which: MerchantFormName) => (refused?.name === which ? refused.form : EMPTY_FORM);
  const isOpen = status === 'open';
  return (
    <ConsolePage
      view={view}
      title={name}
      mark={<StatusChip state={status} />}
      lead={<span class="code">{merchantNo}</span>}
      up={{ name: 'Merchants', href: places.merchants(view.participant.code) }}
    >
      <Section title="Takings" id="takings" refreshSeconds={5} actions={<a href={paymentsHref}>All payments</a>}>
        <dl class="today">
          <div>
            <dt>Takings today</dt>
            <dd>{formatMoney(takingsTodayMinor, currency)}</dd>
          </div>
          <div>
            <dt>Payments today</dt>
            <dd>{formatCount(paymentsToday)}</dd>
          </div>
          <div>
            <dt>Owed to the shop</dt>
            <dd>{formatMoney(owedMinor, currency)}</dd>
          </div>
        </dl>
      </Section>

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
                  <a href={`${places.terminal(view.participant.code, terminalId)}#activate`}>Activation code</a>
                ),
            },
          ]}
          rows={merchant.terminals}
          empty={<p>No till yet. Add one, then open its activation code on the tablet.</p>}
        />
        {isOpen && (
          <details class="fold" open={refused?.name === 'terminal' || merchant.terminals.length === 0}>
            <summary>Add a till</summary>
            <PostForm action={`${here}/terminals#tills`} form={formOf('terminal')}>
              <Field
                {...fieldOf(formOf('terminal'), 'terminalId', suggestedTerminalId)}
                label="Terminal id"
                kind="key"
                charsMax={8}
                help="8 capital letters or digits, unique in the whole programme of this participant."
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

      <Section title="Operators" id="operators" note="The cashiers: each signs in at the till with a passkey.">
        <DataTable
          caption="Operators"
          columns={[
            { label: 'No.', kind: 'key', cell: ({ operatorNo }: OperatorRow) => operatorNo },
            { label: 'Name', cell: ({ name }: OperatorRow) => name },
            {
              label: 'Status',
              cell: ({ status, hasPasskey }: OperatorRow) =>
                status === 'closed' ? <StatusChip state="closed" /> : hasPasskey ? 'Has a passkey' : 'No passkey yet',
            },
            {
              label: 'Do',
              kind: 'act',
              cell: ({ operatorNo, status }: OperatorRow) =>
                isOpen &&
                status === 'open' && (
                  <PostForm action={`${here}/operators/${operatorNo}/enrolment-code`} isInline>
                    <button class="link-button" type="submit">
                      Enrolment code<span class="visually-hidden"> for operator {operatorNo}</span>
                    </button>
                  </PostForm>
                ),
            },
          ]}
          rows={merchant.operators}
          empty={<p>No operators yet. A till needs at least one to sell.</p>}
        />
        {isOpen && (
          <details class="fold" open={refused?.name === 'operator' || merchant.operators.length === 0}>
            <summary>Add an operator</summary>
            <PostForm action={`${here}/operators#operators`} form={formOf('operator')}>
              <Field
                {...fieldOf(formOf('operator'), 'operatorNo', suggestedOperatorNo)}
                label="Operator no."
                kind="key"
                inputmode="numeric"
                charsMax={4}
                help="2 to 4 digits; it stands on every receipt."
              />
              <Field {...fieldOf(formOf('operator'), 'name')} label="Name" charsMax={40} />
              <div class="buttons">
                <button class="button primary" type="submit">
                  Add the operator
                </button>
              </div>
            </PostForm>
          </details>
        )}
      </Section>

      <Section title="About this shop" id="about">
        <dl class="facts plain">
          <dt>Merchant no.</dt>
          <dd class="code">{merchantNo}</dd>
          <dt>Payable account</dt>
          <dd class="code">{formatAccountNumber(merchant.accountNumber)}</dd>
          <dt>Since</dt>
          <dd>
            <Moment atMs={merchant.createdAtMs} timeZone={timeZone} shape="date" />
          </dd>
        </dl>
        <details class="fold">
          <summary>{isOpen ? 'Close this merchant' : 'Open this merchant again'}</summary>
          <PostForm action={`${here}/status`}>
            <p class="small">
              {isOpen
                ? 'All its tills stop at once: no request of theirs is taken any more. What was paid stays paid, and what is owed stays owed.'
                : 'Its tills can sell again at once.'}
            </p>
            <input type="hidden" name="status" value={isOpen ? 'closed' : 'open'} />
            <div class="buttons">
              <button class={isOpen ? 'button danger' : 'button primary'} type="submit">
                {isOpen ? `Close ${name}` : `Open ${name} again`}
              </button>
            </div>
          </PostForm>
        </details>
      </Section>
    </ConsolePage>
  );
}
