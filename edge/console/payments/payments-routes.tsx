import { Hono } from 'hono';
import * as v from 'valibot';
import { MerchantNo } from '../../../shared/protocol/identifiers.ts';
import type { PaymentFilter } from '../../ledger/views/search-payments.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { addDays, dayStartMs, isDay } from '../parts/days.ts';
import { linkWithQuery } from '../parts/link-with-query.ts';
import { places } from '../places.ts';
import { PAYMENT_STATUS_WORDS, type PaymentFilters, PaymentsPage } from './payments-page.tsx';

const PAGE_ROWS = 50;
const SEARCH_CHARS_MAX = 24;

export const paymentsRoutes = new Hono<ConsoleEnv>().get('/', async (c) => {
  const { ledger, participant } = c.get('books');
  const filters = parseFilters(c.req.query());
  const before = parseCursor(c.req.query('before'));
  const { timeZone } = c.get('desk').programme;
  using registry = openRegistry(ledger);
  const [page, merchants] = await Promise.all([
    ledger.searchPayments({
      ...toFilter(filters, timeZone),
      ...(before !== undefined && { before }),
      limit: PAGE_ROWS,
    }),
    registry.shops.listMerchants(),
  ]);
  const here = places.payments(participant.code);
  const { rows, nextBefore } = page.ok ? page.value : { rows: [], nextBefore: undefined };
  return c.html(
    <PaymentsPage
      view={createView(c)}
      filters={filters}
      merchants={merchants}
      rows={rows}
      nextHref={nextBefore === undefined ? undefined : linkWithQuery(here, { ...filters, before: nextBefore })}
      firstHref={before === undefined ? undefined : linkWithQuery(here, { ...filters })}
      problem={page.ok ? undefined : page.detail}
    />,
    page.ok ? 200 : 422,
  );
});

/** What the address says; what it says wrong is as if it were not said, except the text, which the page answers. */
function parseFilters(query: Readonly<Record<string, string>>): PaymentFilters {
  const { search = '', merchant = '', status = '', day = '' } = query;
  return {
    search: search.trim().slice(0, SEARCH_CHARS_MAX),
    merchant: v.is(MerchantNo, merchant) ? merchant : '',
    status: Object.hasOwn(PAYMENT_STATUS_WORDS, status) ? (status as PaymentFilters['status']) : '',
    day: isDay(day) ? day : '',
  };
}

function parseCursor(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

function toFilter({ search, merchant, status, day }: PaymentFilters, timeZone: string): Omit<PaymentFilter, 'limit'> {
  return {
    ...(search && { text: search }),
    ...(merchant && { merchantNo: merchant as MerchantNo }),
    ...(status && { status }),
    ...(day && { fromMs: dayStartMs(day, timeZone), toMs: dayStartMs(addDays(day, 1), timeZone) }),
  };
}
