import { Hono } from 'hono';
import * as v from 'valibot';
import { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { CreateAccountCall } from '../../../shared/protocol/wire/administration.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo } from '../forms/note.ts';
import { parseForm, withErrors } from '../forms/parse-form.ts';
import { readForm } from '../forms/read-form.ts';
import { issueCard } from '../operations/accounts.ts';
import { linkWithQuery } from '../parts/link-with-query.ts';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { AccountsPage } from './accounts-page.tsx';

const PAGE_ROWS = 50;
const SEARCH_CHARS_MAX = 40;

export const accountsRoutes = new Hono<ConsoleEnv>()
  .get('/', (c) => showAccounts(c, EMPTY_FORM))
  .post('/', async (c) => {
    const values = await readForm(c);
    const parsed = parseForm(
      CreateAccountCall,
      { label: values.label },
      { label: 'Enter a name of at most 40 characters.' },
    );
    if (!parsed.ok) return showAccounts(c, withErrors(values, parsed.errors));
    const { card, claim } = await issueCard(c.get('desk'), c.get('books'), parsed.value.label);
    const { code, expiresAtMs } = claim;
    return goTo(c, `${places.account(card.accountNumber)}#claim`, { code, expiresAtMs });
  });

async function showAccounts(c: ConsoleContext, form: FormState) {
  const { ledger, participant } = c.get('books');
  const search = (c.req.query('search') ?? '').trim().slice(0, SEARCH_CHARS_MAX);
  const before = v.safeParse(AccountNumber, c.req.query('before'));
  using registry = openRegistry(ledger);
  const cards = await registry.cards.listCards({
    search: /^[\d\s]+$/.test(search) ? search.replaceAll(/\s/g, '') : search,
    before: before.success ? before.output : undefined,
    limit: PAGE_ROWS + 1,
  });
  const here = places.accounts(participant.code);
  const rows = cards.slice(0, PAGE_ROWS);
  const hasMore = cards.length > PAGE_ROWS;
  return c.html(
    <AccountsPage
      view={createView(c)}
      accounts={rows}
      search={search}
      nextHref={hasMore ? linkWithQuery(here, { search, before: rows.at(-1)?.accountNumber }) : undefined}
      firstHref={before.success ? linkWithQuery(here, { search }) : undefined}
      form={form}
    />,
    form === EMPTY_FORM ? 200 : 422,
  );
}
