import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { DebtView } from '../../ledger/offline/debts.ts';
import type { OutstandingAllowance } from '../../ledger/offline/exposure.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { AccountOffline } from '../offline/account-offline.tsx';
import { CodeSlip } from '../parts/code-slip.tsx';
import { Field } from '../parts/field.tsx';
import { formatAccountNumber, formatMoney } from '../parts/figures.ts';
import { Moment } from '../parts/moment.tsx';
import { Pager } from '../parts/pager.tsx';
import { EMPTY_FORM, type FormState, fieldOf, PostForm } from '../parts/post-form.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import type { AccountStatus } from './accounts-page.tsx';
import { type MovementRow, MovementTable } from './movement-table.tsx';

export interface StatusChange {
  readonly atMs: number;
  readonly status: AccountStatus;
  readonly reason: string;
  readonly by: string;
}

export interface AccountFacts {
  readonly accountNumber: AccountNumber;
  readonly label: string;
  readonly customerName?: string | undefined;
  readonly status: AccountStatus;
  readonly balanceMinor: number;
  readonly heldMinor: number;
  readonly availableMinor: number;
  readonly openedAtMs: number;
  /** Why it was frozen or opened, newest first. */
  readonly statusChanges: readonly StatusChange[];
}

export interface ClaimCode {
  readonly code: string;
  readonly link: string;
  readonly expiresAtMs: number;
}

export type AccountFormName = 'top-up' | 'status';

interface AccountPageProps {
  readonly view: ConsoleView;
  readonly account: AccountFacts;
  readonly movements: readonly MovementRow[];
  readonly allowances: readonly OutstandingAllowance[];
  /** What the customer owes the programme, where anything is. */
  readonly debt?: DebtView | undefined;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  /** Of the next top-up: the same one tops up once. */
  readonly reference: string;
  readonly claim?: ClaimCode | undefined;
  readonly refused?: { readonly name: AccountFormName; readonly form: FormState } | undefined;
}

/** One account: what is on it, what moved, and the few things that can be done to it. */
export function AccountPage(props: AccountPageProps) {
  const { view, account, movements, allowances, debt, nextHref, firstHref, reference, claim, refused } = props;
  const { currency, timeZone } = view.programme;
  const { accountNumber, label, customerName, status, balanceMinor, heldMinor, availableMinor } = account;
  const here = places.account(accountNumber);
  const formOf = (which: AccountFormName) => (refused?.name === which ? refused.form : EMPTY_FORM);
  const isFrozen = status === 'frozen';
  return (
    <ConsolePage
      view={view}
      title={label}
      mark={<StatusChip state={status} />}
      lead={<span class="code">{formatAccountNumber(accountNumber)}</span>}
      up={{ name: 'Accounts', href: places.accounts(view.participant.code) }}
    >
      {claim && (
        <Section title="Claim code" id="claim">
          <CodeSlip
            title={`The card “${label}”`}
            instruction="Scan this with a phone to take over the card in the wallet, or type the letters there."
            code={claim.code}
            link={claim.link}
            linkLabel="Or open on the phone"
            expiresAtMs={claim.expiresAtMs}
            timeZone={timeZone}
          />
        </Section>
      )}
      <div class="beside">
        <div>
          <Section title="Balance" id="balance" refreshSeconds={5}>
            <p class="balance">{formatMoney(availableMinor, currency)}</p>
            {heldMinor > 0 ? (
              <p class="quiet">
                can be spent now. {formatMoney(balanceMinor, currency)} on the account,{' '}
                {formatMoney(heldMinor, currency)} of it held.
              </p>
            ) : (
              <p class="quiet">can be spent now; nothing is held.</p>
            )}
          </Section>
          <AccountOffline view={view} allowances={allowances} debt={debt} />
          <Section title="Movements" id="movements" refreshSeconds={5}>
            <MovementTable rows={movements} currency={currency} timeZone={timeZone} />
            <Pager nextHref={nextHref} firstHref={firstHref} />
          </Section>
        </div>
        <div>
          <Section title="Top up" id="top-up">
            {status === 'closed' ? (
              <p class="small">The account is closed and takes no money.</p>
            ) : (
              <PostForm action={`${here}/top-ups#top-up`} form={formOf('top-up')} reference={reference}>
                <Field
                  {...fieldOf(formOf('top-up'), 'amount')}
                  label="Amount"
                  kind="figure"
                  inputmode="decimal"
                  charsMax={16}
                  unit={currency.code}
                  help="Money received from the customer by whatever way."
                />
                <div class="buttons">
                  <button class="button primary" type="submit">
                    Top up
                  </button>
                </div>
              </PostForm>
            )}
          </Section>
          {status !== 'closed' && (
            <Section title={isFrozen ? 'Unfreeze' : 'Freeze'} id="freeze">
              <PostForm action={`${here}/status#freeze`} form={formOf('status')}>
                <input type="hidden" name="status" value={isFrozen ? 'open' : 'frozen'} />
                <Field
                  {...fieldOf(formOf('status'), 'reason')}
                  label="Reason"
                  charsMax={120}
                  help={
                    isFrozen
                      ? 'Payments from it are taken again at once.'
                      : 'Payments from it are refused at once; its money stays where it is.'
                  }
                />
                <div class="buttons">
                  <button class={isFrozen ? 'button' : 'button danger'} type="submit">
                    {isFrozen ? 'Unfreeze the account' : 'Freeze the account'}
                  </button>
                </div>
              </PostForm>
            </Section>
          )}
          <Section title="About" id="about">
            <dl class="facts plain">
              <dt>Customer</dt>
              <dd>{customerName ?? 'Not claimed yet'}</dd>
              <dt>Opened</dt>
              <dd>
                <Moment atMs={account.openedAtMs} timeZone={timeZone} shape="date" />
              </dd>
            </dl>
            {customerName === undefined && status !== 'closed' && (
              <PostForm action={`${here}/claim-code`}>
                <p class="small">Nobody holds this card. A new code replaces the one given out before.</p>
                <div class="buttons">
                  <button class="button" type="submit">
                    Make a claim code
                  </button>
                </div>
              </PostForm>
            )}
            {account.statusChanges.length > 0 && (
              <ul class="history">
                {account.statusChanges.map(({ atMs, status, reason, by }) => (
                  <li>
                    <StatusChip state={status} /> <span class="breakable">{reason}</span>
                    <span class="under">
                      {by}, <Moment atMs={atMs} timeZone={timeZone} shape="dayTime" />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
      </div>
    </ConsolePage>
  );
}
