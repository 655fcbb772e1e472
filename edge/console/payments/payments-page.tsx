import type { MerchantNo } from '../../../shared/protocol/identifiers.ts';
import { ConsolePage } from '../layout/console-page.tsx';
import { Pager } from '../parts/pager.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { type PaymentRow, PaymentTable, type ShownPaymentStatus } from './payment-table.tsx';

/** As they stand in the address. */
export interface PaymentFilters {
  /** Trace key or its beginning, terminal id, or the last four digits of a card. */
  readonly search: string;
  readonly merchant: string;
  readonly status: '' | ShownPaymentStatus;
  /** Calendar day, `2026-11-21`. */
  readonly day: string;
}

export const PAYMENT_STATUS_WORDS: Readonly<Record<ShownPaymentStatus, string>> = {
  paid: 'Paid',
  waiting: 'Waiting',
  refused: 'Refused',
  cancelled: 'Withdrawn by the shop',
  expired: 'Ran out',
};

interface PaymentsPageProps {
  readonly view: ConsoleView;
  readonly filters: PaymentFilters;
  readonly merchants: readonly { readonly merchantNo: MerchantNo; readonly name: string }[];
  readonly rows: readonly PaymentRow[];
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  /** What cannot be searched for as typed. */
  readonly problem?: string | undefined;
}

export function PaymentsPage(props: PaymentsPageProps) {
  const { view, filters, merchants, rows, nextHref, firstHref, problem } = props;
  const here = places.payments(view.participant.code);
  const isFiltered = Object.values(filters).some((value) => value !== '');
  return (
    <ConsolePage view={view} title="Payments" lead="Every request a till handed in, paid or not, newest first.">
      <search>
        <form class="filters" method="get" action={here}>
          <div class="field wide">
            <label for="search">Payment number, till or card ending</label>
            <input
              id="search"
              name="search"
              type="search"
              value={filters.search}
              maxlength={24}
              autocomplete="off"
              spellcheck={false}
              aria-invalid={problem ? 'true' : undefined}
              aria-describedby={problem ? 'search-note' : undefined}
            />
            {problem && (
              <p class="error" id="search-note">
                {problem}
              </p>
            )}
          </div>
          <div class="field">
            <label for="merchant">Shop</label>
            <select id="merchant" name="merchant">
              <option value="">All</option>
              {merchants.map(({ merchantNo, name }) => (
                <option value={merchantNo} selected={merchantNo === filters.merchant}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="status">Status</label>
            <select id="status" name="status">
              <option value="">Any</option>
              {Object.entries(PAYMENT_STATUS_WORDS).map(([status, words]) => (
                <option value={status} selected={status === filters.status}>
                  {words}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="day">Day</label>
            <input id="day" name="day" type="date" value={filters.day} />
          </div>
          <div class="buttons">
            <button class="button" type="submit">
              Show
            </button>
            {isFiltered && <a href={here}>Show all</a>}
          </div>
        </form>
      </search>
      <div id="payments" data-refresh-seconds={firstHref ? undefined : 5}>
        <PaymentTable
          view={view}
          rows={rows}
          empty={
            isFiltered ? (
              <p>
                Nothing fits. Take a filter away, or <a href={here}>show all payments</a>.
              </p>
            ) : (
              <p>
                No payments yet. Once a till under <a href={places.merchants(view.participant.code)}>Merchants</a> is
                activated, its first sale shows here.
              </p>
            )
          }
        />
      </div>
      <Pager nextHref={nextHref} firstHref={firstHref} />
    </ConsolePage>
  );
}
