import type { MerchantNo, OperatorNo, TerminalId } from '../../../shared/protocol/identifiers.ts';
import type { TerminalTerms } from '../../registry/terminal-terms.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { CodeSlip } from '../parts/code-slip.tsx';
import { Choice } from '../parts/field.tsx';
import { linkWithQuery } from '../parts/link-with-query.ts';
import { Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';

export interface TerminalFacts {
  readonly terminalId: TerminalId;
  readonly status: 'open' | 'closed';
  readonly activatedAtMs?: number | undefined;
  readonly merchantNo: MerchantNo;
  readonly shopName: string;
  /** What the shop said last there to who bears which loss without network. */
  readonly terms?: TerminalTerms | undefined;
  readonly operators: readonly { readonly operatorNo: OperatorNo; readonly name: string }[];
}

export interface ActivationCode {
  readonly code: string;
  readonly link: string;
  readonly expiresAtMs: number;
}

interface TerminalPageProps {
  readonly view: ConsoleView;
  readonly terminal: TerminalFacts;
  /** Just made; shown for a short while and never again. */
  readonly activation?: ActivationCode | undefined;
  readonly form?: FormState;
}

/** How often the page looks whether a tablet was activated meanwhile. */
const WAITING_SECONDS = 3;
/** For so long it is said that the till has just been activated. */
const JUST_MS = 60_000;

/** One till: whether it is activated, and the code that activates it. */
export function TerminalPage({ view, terminal, activation, form = EMPTY_FORM }: TerminalPageProps) {
  const { timeZone } = view.programme;
  const { activatedAtMs } = terminal;
  const isJustActivated = activatedAtMs !== undefined && view.nowMs - activatedAtMs < JUST_MS;
  const { terminalId, status, merchantNo, shopName, operators } = terminal;
  const here = places.terminal(view.participant.code, terminalId);
  const merchantHref = places.merchant(view.participant.code, merchantNo);
  const isOpen = status === 'open';
  return (
    <ConsolePage
      view={view}
      title={`Till ${terminalId}`}
      mark={
        <span id="till-state" data-refresh-seconds={WAITING_SECONDS}>
          <StatusChip state={isOpen ? (activatedAtMs === undefined ? 'unactivated' : 'ready') : 'closed'} />
        </span>
      }
      lead={shopName}
      up={{ name: shopName, href: merchantHref }}
      actions={
        <a class="button" href={linkWithQuery(places.payments(view.participant.code), { search: terminalId })}>
          Payments of this till
        </a>
      }
    >
      {isOpen && operators.length === 0 && (
        <Notice kind="info">
          A till needs a cashier to sell, and {shopName} has none.{' '}
          <a href={`${merchantHref}#cashiers`}>Add a cashier</a>
        </Notice>
      )}
      {isOpen && (
        <Section
          title={activatedAtMs === undefined ? 'Activate' : 'Activation'}
          id="activate"
          refreshSeconds={WAITING_SECONDS}
          refreshState={activatedAtMs === undefined ? 'waiting' : String(activatedAtMs)}
        >
          {isJustActivated && (
            <Notice kind="done">
              <strong>The till is activated.</strong>{' '}
              {operators.length > 0 && 'It can sell as soon as a cashier signs in.'}
            </Notice>
          )}
          {activation ? (
            <CodeSlip
              title={`Activate till ${terminalId}`}
              instruction={
                <>
                  On the tablet, open the till and scan this code or type the letters. It becomes the till of{' '}
                  <strong>{shopName}</strong>.
                </>
              }
              code={activation.code}
              link={activation.link}
              linkLabel="Or open on the tablet"
              expiresAtMs={activation.expiresAtMs}
              timeZone={timeZone}
            />
          ) : (
            <ActivationForm terminal={terminal} here={here} form={form} />
          )}
        </Section>
      )}
      <Section title="About this till" id="about" refreshSeconds={30}>
        <dl class="facts plain">
          <dt>Terminal id</dt>
          <dd class="code">{terminalId}</dd>
          <dt>Shop</dt>
          <dd>
            <a href={merchantHref}>{shopName}</a>
          </dd>
          <dt>Activated</dt>
          <dd>
            {activatedAtMs === undefined ? 'Not yet' : <Moment atMs={activatedAtMs} timeZone={timeZone} shape="full" />}
          </dd>
          <OfflineTerms terminal={terminal} timeZone={timeZone} />
        </dl>
        <details class="fold">
          <summary>{isOpen ? 'Close this till' : 'Open this till again'}</summary>
          <PostForm action={`${here}/status`}>
            <p class="small">
              {isOpen
                ? 'For a lost or broken device: no request of this till is taken any more. What was paid stays paid.'
                : 'The till can then be activated again, on the same device or another.'}
            </p>
            <input type="hidden" name="status" value={isOpen ? 'closed' : 'open'} />
            <div class="buttons">
              <button class={isOpen ? 'button danger' : 'button primary'} type="submit">
                {isOpen ? 'Close the till' : 'Open the till again'}
              </button>
            </div>
          </PostForm>
        </details>
      </Section>
    </ConsolePage>
  );
}

function OfflineTerms({ terminal, timeZone }: { terminal: TerminalFacts; timeZone: string }) {
  const { terms, operators } = terminal;
  const name = operators.find(({ operatorNo }) => operatorNo === terms?.operatorNo)?.name;
  const who = terms?.operatorNo === undefined ? 'at the till' : `by ${name ?? 'cashier'} (${terms.operatorNo})`;
  return (
    <>
      <dt>Without network</dt>
      <dd>
        {terms === undefined && 'Nobody has agreed to it at this till yet'}
        {terms && (
          <>
            {terms.hasAgreed ? `Terms ${terms.termsVersion} agreed to` : 'Taken back'} {who},{' '}
            <Moment atMs={terms.saidAtMs} timeZone={timeZone} shape="full" />
          </>
        )}
      </dd>
    </>
  );
}

interface ActivationFormProps {
  readonly terminal: TerminalFacts;
  /** Address of the till. */
  readonly here: string;
  readonly form: FormState;
}

/** Makes the code. For a till that is in use it is seldom wanted, and folds away. */
function ActivationForm({ terminal, here, form }: ActivationFormProps) {
  const { operators, activatedAtMs } = terminal;
  const isInUse = activatedAtMs !== undefined;
  const fields = (
    <PostForm action={`${here}/activation-code`} form={form}>
      {isInUse && (
        <p class="small">The device in use keeps working until the new one is activated; then it can sell no more.</p>
      )}
      {operators.length > 0 && (
        <Choice
          {...fieldOf(form, 'operatorNo', operators[0]?.operatorNo)}
          label="First cashier"
          options={[
            ...operators.map(({ operatorNo, name }) => ({ value: operatorNo, label: `${operatorNo} ${name}` })),
            { value: '', label: 'Nobody yet' },
          ]}
          help="May register a passkey at the till within an hour, without a further code."
        />
      )}
      <div class="buttons">
        <button class={isInUse ? 'button' : 'button primary'} type="submit">
          Make an activation code
        </button>
      </div>
    </PostForm>
  );
  if (!isInUse) return fields;
  return (
    <details class="fold" open={form !== EMPTY_FORM}>
      <summary>Activate another device</summary>
      {fields}
    </details>
  );
}
