import type { MerchantNo } from '../../../shared/protocol/identifiers.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { CodeSlip } from '../parts/code-slip.tsx';
import { formatAccountNumber, formatCount, formatMoney } from '../parts/figures.ts';
import { linkWithQuery } from '../parts/link-with-query.ts';
import { Moment } from '../parts/moment.tsx';
import { type FormState, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { MerchantOperators, type OperatorRow } from './merchant-operators.tsx';
import { MerchantTills, type TerminalRow } from './merchant-tills.tsx';

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
  /** Of the operator named: just made, shown for a few minutes. */
  readonly enrolment?:
    | { readonly code: string; readonly subject: string; readonly expiresAtMs?: number | undefined }
    | undefined;
  /** The form that was refused, and how. */
  readonly refused?: { readonly name: MerchantFormName; readonly form: FormState } | undefined;
}

/** One shop: its tills, its cashiers, what it took. */
export function MerchantPage(props: MerchantPageProps) {
  const { view, merchant, suggestedTerminalId, suggestedOperatorNo, enrolment, refused } = props;
  const { currency, timeZone } = view.programme;
  const { merchantNo, name, status, takingsTodayMinor, paymentsToday, owedMinor } = merchant;
  const here = places.merchant(view.participant.code, merchantNo);
  const paymentsHref = linkWithQuery(places.payments(view.participant.code), { merchant: merchantNo });
  const isOpen = status === 'open';
  return (
    <ConsolePage
      view={view}
      title={name}
      mark={<StatusChip state={status} />}
      lead={<span class="code">{merchantNo}</span>}
      up={{ name: 'Merchants', href: places.merchants(view.participant.code) }}
    >
      {enrolment && (
        <Section title="Cashier code" id="cashier-code">
          <CodeSlip
            title={`For ${enrolment.subject}`}
            instruction={
              <>
                At a till of <strong>{name}</strong>, choose this cashier and type the code once. The till then
                registers the passkey to sign in with.
              </>
            }
            code={enrolment.code}
            expiresAtMs={enrolment.expiresAtMs}
            timeZone={timeZone}
          />
        </Section>
      )}
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

      <MerchantTills
        view={view}
        here={here}
        isOpen={isOpen}
        terminals={merchant.terminals}
        suggestedTerminalId={suggestedTerminalId}
        refused={refused?.name === 'terminal' ? refused.form : undefined}
      />
      <MerchantOperators
        here={here}
        isOpen={isOpen}
        operators={merchant.operators}
        suggestedOperatorNo={suggestedOperatorNo}
        refused={refused?.name === 'operator' ? refused.form : undefined}
      />
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
