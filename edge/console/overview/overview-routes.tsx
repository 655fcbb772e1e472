import { Hono } from 'hono';
import type { ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { takeNote } from '../forms/note.ts';
import { addDays, dayOf, dayStartMs } from '../parts/days.ts';
import { describeTrialBalance } from './describe-trial-balance.ts';
import { OverviewPage } from './overview-page.tsx';

const DAYS_SHOWN = 14;
const NEWEST_SHOWN = 8;

export const overviewRoutes = new Hono<ConsoleEnv>().get('/', async (c) => {
  const { ledger } = c.get('books');
  const { timeZone } = c.get('desk').programme;
  const today = dayOf(Date.now(), timeZone);
  const days = Array.from({ length: DAYS_SHOWN + 1 }, (_, index) => addDays(today, index + 1 - DAYS_SHOWN));
  const [balance, takings, newest, note] = await Promise.all([
    ledger.trialBalance(),
    ledger.takings(days.map((day) => dayStartMs(day, timeZone))),
    ledger.searchPayments({ limit: NEWEST_SHOWN }),
    takeNote(c),
  ]);
  return c.html(
    <OverviewPage
      view={createView(c, note.said)}
      facts={{
        trialBalance: describeTrialBalance(balance, Date.now()),
        days: takings.map((period, index) => ({ ...period, day: days[index] ?? today })),
        refusalsToday: takings.at(-1)?.refusals ?? 0,
        newestPayments: newest.ok ? newest.value.rows : [],
      }}
    />,
  );
});
