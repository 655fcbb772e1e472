import { Hono } from 'hono';
import * as v from 'valibot';
import { parseAmountText } from '../../../shared/protocol/amount.ts';
import { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { TopUpCall } from '../../../shared/protocol/wire/administration.ts';
import { openOfflineDesk } from '../../ledger/offline/open-offline-desk.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { pageOfForm } from '../forms/form-page.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { type FieldWords, parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { readForm } from '../forms/read-form.ts';
import { showNotFound } from '../layout/not-found-page.tsx';
import { showRefusal } from '../layout/refusal-page.tsx';
import {
  ChangeAccountStatusCall,
  changeAccountStatus,
  createClaimCode,
  linkClaim,
  topUpAccount,
} from '../operations/accounts.ts';
import { CollectDebtCall, collectDebt } from '../operations/offline.ts';
import { formatMoney } from '../parts/figures.ts';
import { linkWithQuery } from '../parts/link-with-query.ts';
import type { FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { type AccountFormName, AccountPage } from './account-page.tsx';
import { describeMovement } from './describe-movement.ts';

const PAGE_ROWS = 50;

const STATUS_WORDS: FieldWords = { reason: 'Say why, in 3 to 120 characters. It stays in the books.' };

/** One customer's account, under its number. */
export const accountRoutes = new Hono<ConsoleEnv>()
  .get('/:accountNumber', (c) => showAccount(c))
  .get('/:accountNumber/*', (c) => c.redirect(pageOfForm(c)))
  .post('/:accountNumber/top-ups', async (c) => {
    const values = await readForm(c);
    const { amount = '', reference } = values;
    const { currency } = c.get('desk').programme;
    const amountMinor = parseAmountText(amount, currency);
    const words = { amountMinor: `Enter an amount above zero, such as ${currency.exponent > 0 ? '20.00' : '20'}.` };
    const parsed = parseForm(TopUpCall, { accountNumber: c.req.param('accountNumber'), amountMinor, reference }, words);
    if (!parsed.ok) {
      const { amountMinor: wrongAmount } = parsed.errors;
      if (wrongAmount) return showAccount(c, 'top-up', withErrors(values, { amount: wrongAmount }));
      return showAccount(c, 'top-up', { values, errors: {}, problem: 'This form is too old. Send it again.' });
    }
    const booked = await topUpAccount(c.get('desk'), parsed.value);
    if (!booked.ok) {
      const sent = 'This form was sent before with another amount. Nothing was added now; look at the movements.';
      return showAccount(c, 'top-up', withRefusal(values, booked, { already_exists: ['amount', sent] }));
    }
    return goTo(c, places.account(parsed.value.accountNumber), {
      said: `Topped up ${formatMoney(booked.value.amountMinor, currency)}.`,
    });
  })
  .post('/:accountNumber/status', async (c) => {
    const values = await readForm(c);
    const { status, reason = '' } = values;
    const call = { accountNumber: c.req.param('accountNumber'), status, reason };
    const parsed = parseForm(ChangeAccountStatusCall, call, STATUS_WORDS);
    if (!parsed.ok) return showAccount(c, 'status', withErrors(values, parsed.errors));
    const changed = await changeAccountStatus(c.get('desk'), parsed.value);
    if (!changed.ok) return showAccount(c, 'status', withRefusal(values, changed));
    const said = changed.value.status === 'frozen' ? 'The account is frozen.' : 'The account is open.';
    return goTo(c, places.account(parsed.value.accountNumber), { said });
  })
  .post('/:accountNumber/debt-collections', async (c) => {
    const call = v.safeParse(CollectDebtCall, { accountNumber: c.req.param('accountNumber') });
    if (!call.success) return showNotFound(c);
    const collected = await collectDebt(c.get('desk'), call.output);
    if (!collected.ok) return showRefusal(c, collected);
    const { currency } = c.get('desk').programme;
    const { collectedMinor, owedMinor } = collected.value;
    const rest = owedMinor > 0 ? `${formatMoney(owedMinor, currency)} is still owed.` : 'Nothing is owed any more.';
    return goTo(c, `${places.account(call.output.accountNumber)}#debt`, {
      said: `Collected ${formatMoney(collectedMinor, currency)} from the card. ${rest}`,
    });
  })
  .post('/:accountNumber/claim-code', async (c) => {
    const accountNumber = v.safeParse(AccountNumber, c.req.param('accountNumber'));
    if (!accountNumber.success) return showNotFound(c);
    const created = await createClaimCode(c.get('desk'), accountNumber.output);
    if (!created.ok) return showRefusal(c, created);
    const { code, expiresAtMs } = created.value;
    return goTo(c, `${places.account(accountNumber.output)}#claim`, { code, expiresAtMs });
  });

async function showAccount(c: ConsoleContext, refusedName?: AccountFormName, form?: FormState) {
  const parsed = v.safeParse(AccountNumber, c.req.param('accountNumber'));
  const { ledger, participant } = c.get('books');
  using registry = openRegistry(ledger);
  using offline = openOfflineDesk(ledger);
  const card = parsed.success ? await registry.cards.findCard(parsed.output) : undefined;
  if (!card) return showNotFound(c);
  const { accountNumber } = card;
  const before = Number(c.req.query('before') ?? '') || undefined;
  const filter = { accountNumbers: [accountNumber], limit: PAGE_ROWS, ...(before !== undefined && { before }) };
  const [details, movements, allowances, debts, note] = await Promise.all([
    ledger.accountDetails(accountNumber),
    ledger.movements(filter),
    offline.outstanding(accountNumber),
    offline.debts(),
    takeNote(c, { isKept: true }),
  ]);
  if (!details) return showNotFound(c);
  const here = places.account(accountNumber);
  const hasMore = movements.length === PAGE_ROWS;
  const { code, expiresAtMs = 0 } = note;
  return c.html(
    <AccountPage
      view={createView(c, note.said)}
      account={{ ...card, ...details }}
      movements={movements.map((movement) => describeMovement(movement, participant.code))}
      allowances={allowances}
      debt={debts.find((debt) => debt.accountNumber === accountNumber)}
      nextHref={hasMore ? linkWithQuery(here, { before: movements.at(-1)?.sequence }) : undefined}
      firstHref={before === undefined ? undefined : here}
      reference={form?.values.reference ?? crypto.randomUUID()}
      claim={code ? { code, expiresAtMs, link: linkClaim(c.env, code) } : undefined}
      refused={refusedName && form ? { name: refusedName, form } : undefined}
    />,
    refusedName ? 422 : 200,
  );
}
