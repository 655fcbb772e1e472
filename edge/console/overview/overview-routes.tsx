import { Hono } from 'hono';
import * as v from 'valibot';
import { openOfflineDesk } from '../../ledger/offline/open-offline-desk.ts';
import type { ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { readForm } from '../forms/read-form.ts';
import { showNotFound } from '../layout/not-found-page.tsx';
import { showRefusal } from '../layout/refusal-page.tsx';
import { SeeFlagCall, seeAccountFlag } from '../operations/accounts.ts';
import { addDays, dayOf, dayStartMs } from '../parts/days.ts';
import { places } from '../places.ts';
import { describeTrialBalance } from './describe-trial-balance.ts';
import { findNextStep } from './next-step.tsx';
import { OverviewPage } from './overview-page.tsx';

const DAYS_SHOWN = 14;
const NEWEST_SHOWN = 8;

export const overviewRoutes = new Hono<ConsoleEnv>()
  .post('/flagged-cards', async (c) => {
    const { accountNumber, lastSequence } = await readForm(c);
    const call = v.safeParse(SeeFlagCall, { accountNumber, lastSequence: Number(lastSequence) });
    if (!call.success) return showNotFound(c);
    const seen = await seeAccountFlag(c.get('desk'), call.output);
    if (!seen.ok) return showRefusal(c, seen);
    return goTo(c, places.overview(c.get('books').participant.code), { said: 'Marked as seen.' });
  })
  .get('/', async (c) => {
    const { ledger } = c.get('books');
    const { timeZone } = c.get('desk').programme;
    const today = dayOf(Date.now(), timeZone);
    const days = Array.from({ length: DAYS_SHOWN + 1 }, (_, index) => addDays(today, index + 1 - DAYS_SHOWN));
    using offline = openOfflineDesk(ledger);
    const [balance, takings, newest, flaggedCards, doubleSpends, debts, note] = await Promise.all([
      ledger.trialBalance(),
      ledger.takings(days.map((day) => dayStartMs(day, timeZone))),
      ledger.searchPayments({ limit: NEWEST_SHOWN }),
      ledger.accountFlags(),
      offline.doubleSpends(),
      offline.debts(),
      takeNote(c),
    ]);
    const view = createView(c, note.said);
    const newestPayments = newest.ok ? newest.value.rows : [];
    // The demo comes with all it needs, and its front door leads on.
    const isNew = newestPayments.length === 0 && !view.programme.isDemo;
    const hasMoney = balance?.lines.some(({ kind, creditsMinor }) => kind === 'customer' && creditsMinor > 0) ?? false;
    return c.html(
      <OverviewPage
        view={view}
        facts={{
          trialBalance: describeTrialBalance(balance, Date.now()),
          days: takings.map((period, index) => ({ ...period, day: days[index] ?? today })),
          refusalsToday: takings.at(-1)?.refusals ?? 0,
          flaggedCards,
          offline: { doubleSpends, debts },
          newestPayments,
          nextStep: isNew ? await findNextStep(c, { hasMoney }) : undefined,
        }}
      />,
    );
  });
