import { ConsolePage } from '../layout/console-page.tsx';
import { Section } from '../layout/section.tsx';
import { BarChart } from '../parts/bar-chart.tsx';
import { formatCount, formatFigure, formatMoney } from '../parts/figures.ts';
import { formatMoment, Moment } from '../parts/moment.tsx';
import { type PaymentRow, PaymentTable } from '../payments/payment-table.tsx';
import { places } from '../places.ts';
import type { ConsoleView } from '../view.ts';
import { type FlaggedCard, FlaggedCards } from './flagged-cards.tsx';
import { type NextStep, NextStepCard } from './next-step.tsx';
import { type OfflineNews, OfflineNotice } from './offline-notice.tsx';
import { BalanceStatement, type TrialBalanceFacts, TrialBalanceTable } from './trial-balance.tsx';

export interface DayFacts {
  /** Calendar day, `2026-11-21`. */
  readonly day: string;
  readonly startsAtMs: number;
  readonly takingsMinor: number;
  readonly payments: number;
}

export interface OverviewFacts {
  readonly trialBalance: TrialBalanceFacts;
  /** Oldest first; the last is today. */
  readonly days: readonly DayFacts[];
  readonly refusalsToday: number;
  /** Cards with many refused tries that nobody has looked at yet. */
  readonly flaggedCards: readonly FlaggedCard[];
  /** Of offline payments: what somebody has to look at. */
  readonly offline: OfflineNews;
  /** Until the first payment. */
  readonly nextStep?: NextStep | undefined;
  readonly newestPayments: readonly PaymentRow[];
}

/** The first page: do the books balance, what came in today, what happened last. */
export function OverviewPage({ view, facts }: { view: ConsoleView; facts: OverviewFacts }) {
  const { currency, timeZone } = view.programme;
  const { offline, trialBalance, days, refusalsToday, flaggedCards, newestPayments, nextStep } = facts;
  const today = days.at(-1);
  const paymentsHref = places.payments(view.participant.code);
  const balance = { facts: trialBalance, currency, timeZone };
  return (
    <ConsolePage view={view} title="Overview" lead={formatMoment(view.nowMs, timeZone, 'day')}>
      <NextStepCard step={nextStep} />
      <div id="balance" data-refresh-seconds={5}>
        <BalanceStatement {...balance} />
      </div>
      <OfflineNotice view={view} news={offline} />
      <FlaggedCards view={view} cards={flaggedCards} />
      <Section title="Today" id="today" refreshSeconds={5}>
        <dl class="today">
          <div>
            <dt>Takings</dt>
            <dd>{formatMoney(today?.takingsMinor ?? 0, currency)}</dd>
          </div>
          <div>
            <dt>Payments</dt>
            <dd>
              <a class="plain" href={`${paymentsHref}?day=${today?.day}`}>
                {formatCount(today?.payments ?? 0)}
              </a>
            </dd>
          </div>
          <div>
            <dt>Refused attempts</dt>
            <dd>
              <a class="plain" href={`${paymentsHref}?day=${today?.day}&status=refused`}>
                {formatCount(refusalsToday)}
              </a>
            </dd>
          </div>
        </dl>
      </Section>
      <div class="beside even">
        <Section title="Takings" id="takings" refreshSeconds={30}>
          <BarChart
            title={`Takings per day, ${currency.code}, the last ${days.length} days`}
            labelHead="Day"
            valueHead="Takings"
            unit={currency.code}
            unitValue={10 ** currency.exponent}
            formatValue={(value) => formatFigure(value, currency)}
            formatTick={(value) => formatCount(value / 10 ** currency.exponent)}
            bars={days.map(({ startsAtMs, takingsMinor }) => ({
              label: formatMoment(startsAtMs, timeZone, 'shortDay'),
              longLabel: formatMoment(startsAtMs, timeZone, 'day'),
              value: takingsMinor,
            }))}
          />
        </Section>
        <Section title="Trial balance" id="trial-balance" refreshSeconds={5}>
          <TrialBalanceTable {...balance} />
        </Section>
      </div>
      <Section title="Newest payments" id="newest" refreshSeconds={5} actions={<a href={paymentsHref}>All payments</a>}>
        <PaymentTable
          view={view}
          rows={newestPayments}
          empty={
            <p>
              No payments yet. Open a till under <a href={places.merchants(view.participant.code)}>Merchants</a>, and
              the first sale shows here.
            </p>
          }
        />
      </Section>
      <p class="small quiet footnote">
        Times are those of {timeZone}. Read at <Moment atMs={view.nowMs} timeZone={timeZone} shape="full" />.
      </p>
    </ConsolePage>
  );
}
