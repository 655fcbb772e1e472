import { Hono } from 'hono';
import { formatAmountPlain, parseAmountText } from '../../../shared/protocol/amount.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { type FieldWords, parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { readForm } from '../forms/read-form.ts';
import { ChangeSettingsCall, changeSettings } from '../operations/programme.ts';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { countActiveTills } from './count-active-tills.ts';
import { parseOfflineFields } from './offline-fields.tsx';
import { parsePayCodeFields } from './pay-code-fields.tsx';
import { SettingsPage } from './settings-page.tsx';

const WORDS: FieldWords = {
  name: 'Enter a name of at most 40 characters.',
  largestPayment: 'Enter an amount above zero and within the bound below, such as 250.00.',
  requestValidSeconds: 'Enter whole seconds, 10 to 600.',
  timeZone: 'This is no time zone. Choose one of the list, such as Europe/Berlin.',
};

export const settingsRoutes = new Hono<ConsoleEnv>()
  .get('/', (c) => showSettings(c, EMPTY_FORM))
  .post('/', async (c) => {
    const values = await readForm(c);
    const { name, largestPayment = '', requestValidSeconds, timeZone } = values;
    const { currency } = c.get('desk').programme;
    const amountMinorMax = parseAmountText(largestPayment, currency);
    const call = { name, timeZone, amountMinorMax, requestValidSeconds: Number(requestValidSeconds) };
    const words = { ...WORDS, amountMinorMax: WORDS.largestPayment ?? '' };
    const parsed = parseForm(ChangeSettingsCall, call, words);
    const payCode = parsePayCodeFields(values, currency);
    const offline = parseOfflineFields(values, currency);
    if (!parsed.ok || !payCode.ok || !offline.ok) {
      const { amountMinorMax: wrongAmount, ...others } = parsed.ok ? {} : parsed.errors;
      const errors = { ...others, ...(!payCode.ok && payCode.errors), ...(!offline.ok && offline.errors) };
      return showSettings(c, withErrors(values, wrongAmount ? { ...errors, largestPayment: wrongAmount } : errors));
    }
    const changed = await changeSettings(c.get('desk'), {
      ...parsed.value,
      payCode: payCode.value,
      offline: offline.value,
    });
    if (!changed.ok) return showSettings(c, withRefusal(values, changed));
    return goTo(c, places.settings, { said: 'Saved. Tills and wallets take it over at their next sync.' });
  });

/** With the one that is set, which a browser may know by an older name. */
function listTimeZones(current: string): string[] {
  return [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}

async function showSettings(c: ConsoleContext, form: FormState) {
  const { said } = await takeNote(c);
  const { name, currency, amountMinorMax, requestValidSeconds, timeZone, payCode, offline } = c.get('desk').programme;
  const largestPayment = formatAmountPlain(amountMinorMax, currency);
  return c.html(
    <SettingsPage
      view={createView(c, said)}
      settings={{ name, largestPayment, requestValidSeconds, timeZone, payCode, offline }}
      activeTills={await countActiveTills(c.get('desk'))}
      timeZones={listTimeZones(timeZone)}
      form={form}
    />,
    form === EMPTY_FORM ? 200 : 422,
  );
}
