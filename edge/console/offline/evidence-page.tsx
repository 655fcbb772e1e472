import type { AccountNumber, MerchantNo, TerminalId, TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { DebtView } from '../../ledger/offline/debts.ts';
import type { SettledFrom } from '../../ledger/offline/links.ts';
import type { AccountStatus } from '../accounts/accounts-page.tsx';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { CopyButton } from '../parts/code-slip.tsx';
import { formatAccountNumber, formatMoney } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { CollectDebt } from './debt-table.tsx';
import {
  CONTRADICTION_REASONS,
  CONTRADICTION_TITLES,
  type FoundContradiction,
  WHAT_A_LIST_PROVES,
  WHAT_TWO_PROVE,
} from './describe-contradiction.ts';
import { SETTLED_WORDS } from './describe-settlement.ts';

/** One of the two consents, as its documents say. */
export interface ConsentFacts {
  readonly traceKey: TraceKey;
  readonly merchantNo: MerchantNo;
  readonly shopName: string;
  readonly terminalId: string;
  readonly amountMinor: number;
  readonly authorisedAtMs: number;
  /** Its number in the phone's count, what was spent with it, and hashes: its own, and of the one it goes on from. */
  readonly counter: number;
  readonly cumulativeMinor: number;
  readonly hash: string;
  readonly previous: string;
  /** Undefined: nobody paid the shop for it. */
  readonly settledFrom?: SettledFrom | undefined;
}

export interface EvidenceFacts {
  readonly id: number;
  readonly accountNumber: AccountNumber;
  readonly accountStatus: AccountStatus;
  /** Serial of the certificate that set the money aside, hex. */
  readonly allowance: string;
  readonly contradiction: FoundContradiction;
  readonly foundAtMs: number;
  /** The one that was paid first, where there are two; then the one that came after. */
  readonly consents: readonly ConsentFacts[];
  /** The phone's signed list, where that is what the consent contradicts. */
  readonly closing?: { readonly payments: number; readonly spentMinor: number } | undefined;
  readonly debt?: DebtView | undefined;
}

/** One double spending: what was signed, side by side, what it proves, and what can be done about it. */
export function EvidencePage({ view, evidence }: { view: ConsoleView; evidence: EvidenceFacts }) {
  const { timeZone, currency } = view.programme;
  const { id, accountNumber, contradiction, foundAtMs, consents, closing, allowance } = evidence;
  const { code } = view.participant;
  const fileHref = `${places.evidence(code, id)}/file`;
  const fileName = evidenceFileName(id);
  return (
    <ConsolePage
      view={view}
      title={CONTRADICTION_TITLES[contradiction]}
      lead={
        <>
          Card <a href={places.account(accountNumber)}>{formatAccountNumber(accountNumber)}</a>, allowance{' '}
          <span class="code">{allowance}</span>. Found <Moment atMs={foundAtMs} timeZone={timeZone} shape="full" />.
        </>
      }
      up={{ name: 'Double spends', href: places.evidenceList(code) }}
      actions={
        <button class="button" type="button" data-print hidden>
          Print
        </button>
      }
    >
      <p class="reason">
        {CONTRADICTION_REASONS[contradiction]} {contradiction === 'not-given' ? WHAT_A_LIST_PROVES : WHAT_TWO_PROVE}
      </p>
      <div class="beside even">
        {consents.map((consent, index) => (
          <Section title={consents.length > 1 ? ORDER[index]! : 'The payment'} id={`consent-${index + 1}`}>
            <Consent view={view} consent={consent} />
          </Section>
        ))}
        {closing && (
          <Section title="What the phone said it had paid" id="closing">
            <p>
              When it was back on a network, the phone signed that it had paid{' '}
              {formatMoney(closing.spentMinor, currency)} out of what was set aside, in{' '}
              {closing.payments === 1 ? 'one payment' : `${closing.payments} payments`}, and listed them. This one is
              not in the list.
            </p>
          </Section>
        )}
      </div>
      <Section title="Proof to hand on" id="file" note="Everything that was signed, with the centre’s public keys.">
        <p>
          Anyone can check the file without this centre: the command verifies every signature in it and finds the
          contradiction again.
        </p>
        <p class="command">
          <code>npm run verify-evidence {fileName}</code>{' '}
          <CopyButton text={`npm run verify-evidence ${fileName}`}>Copy</CopyButton>
        </p>
        <div class="buttons">
          <a class="button" href={fileHref} download={fileName}>
            Download the proof
          </a>
        </div>
      </Section>
      <Section title="What to do" id="act">
        <Remedies view={view} evidence={evidence} />
      </Section>
    </ConsolePage>
  );
}

const ORDER = ['Paid first', 'Came after'];

export function evidenceFileName(id: number): string {
  return `tandem-evidence-${id}.json`;
}

/** In words first, for whoever has to explain it to the customer; then what the documents say. */
function Consent({ view, consent }: { view: ConsoleView; consent: ConsentFacts }) {
  const { currency, timeZone } = view.programme;
  const { code } = view.participant;
  const { traceKey, shopName, terminalId, merchantNo, amountMinor, authorisedAtMs, counter, settledFrom } = consent;
  return (
    <>
      <p>
        The phone and the passkey agreed to pay <strong>{formatMoney(amountMinor, currency)}</strong> to {shopName}, as
        payment number <strong>{counter}</strong>, which makes {formatMoney(consent.cumulativeMinor, currency)} spent in
        all.
      </p>
      <dl class="facts plain">
        <dt>Signed</dt>
        <dd>
          <Moment atMs={authorisedAtMs} timeZone={timeZone} shape="full" />
        </dd>
        <dt>Shop</dt>
        <dd>
          <a href={places.merchant(code, merchantNo)}>{shopName}</a>
        </dd>
        <dt>Till</dt>
        <dd>
          <a class="code" href={places.terminal(code, terminalId as TerminalId)}>
            {terminalId}
          </a>
        </dd>
        <dt>Payment</dt>
        <dd>
          <a class="code" href={places.payment(code, traceKey)}>
            {traceKey}
          </a>
        </dd>
        <dt>Shop was paid</dt>
        <dd>{settledFrom ? `From ${SETTLED_WORDS[settledFrom]}` : 'Not for this one'}</dd>
        <dt>Hash</dt>
        <dd class="hash">{consent.hash}</dd>
        <dt>Goes on from</dt>
        <dd class="hash">{consent.previous}</dd>
      </dl>
    </>
  );
}

function Remedies({ view, evidence }: { view: ConsoleView; evidence: EvidenceFacts }) {
  const { currency } = view.programme;
  const { accountNumber, accountStatus, debt } = evidence;
  const isOwing = debt !== undefined && debt.owedMinor > 0;
  return (
    <dl class="facts plain long">
      <dt>Debt</dt>
      <dd>
        {!isOwing && 'Nothing is owed.'}
        {isOwing && (
          <>
            <p>
              The programme paid {formatMoney(debt.bookedMinor, currency)} in the customer’s place;{' '}
              <strong>{formatMoney(debt.owedMinor, currency)}</strong> of it is still owed.{' '}
              {debt.collectableMinor === 0 && 'There is nothing on the card to collect it from.'}
            </p>
            {debt.collectableMinor > 0 && (
              <CollectDebt accountNumber={accountNumber} look="button primary">
                Collect {formatMoney(debt.collectableMinor, currency)} from the card
              </CollectDebt>
            )}
          </>
        )}
      </dd>
      <dt>Account</dt>
      <dd>
        <p>
          <StatusChip state={accountStatus} />{' '}
          {accountStatus === 'frozen'
            ? 'Nothing can be paid from it. Unfreeze it once you have spoken with the customer: whoever copied the phone has no more use of what was set aside on it.'
            : 'It can be paid from.'}
        </p>
        {accountStatus === 'frozen' && (
          <PostForm action={`${places.account(accountNumber)}/status`} isInline>
            <input type="hidden" name="status" value="open" />
            <input type="hidden" name="reason" value={`Cleared up: double spend ${evidence.id}`} />
            <button class="button" type="submit">
              Unfreeze the account
            </button>
          </PostForm>
        )}
      </dd>
    </dl>
  );
}
