import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { Result } from '../../../shared/protocol/result.ts';
import { ClaimConsoleCall } from '../../../shared/protocol/wire/administration.ts';
import { WebAuthnResponse } from '../../../shared/protocol/wire/scalars.ts';
import type { CeremonyAnswer } from '../../../shared/protocol/wire/terminals.ts';
import { serveFile } from '../../assets.ts';
import {
  beginClaim,
  beginJoin,
  beginSignIn,
  finishRegistration,
  finishSignIn,
} from '../../clearing/administrator-sign-in.ts';
import type { ConsoleSignIn } from '../../clearing/clearing.ts';
import { clearingOf, forgetProgramme, loadProgramme } from '../../clearing/load-programme.ts';
import type { Env } from '../../env.ts';
import { clientAddress } from '../../security/client-address.ts';
import { problemOf } from '../../security/problem.ts';
import { hashSecret, isToken } from '../../security/secrets.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../../security/session-cookie.ts';
import { listCurrencies } from '../currencies.ts';
import { type FieldWords, parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { type FormValues, readForm } from '../forms/read-form.ts';
import { isTimeZone } from '../parts/days.ts';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { CONSOLE_ROOT, places } from '../places.ts';
import { JoinPage } from './join-page.tsx';
import { SetupPage } from './setup-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

type EntryContext = Context<{ Bindings: Env }>;

const SETUP_WORDS: FieldWords = {
  setupCode: 'Enter the code that was printed where the server was started.',
  programme: 'Take 3 to 16 small letters, digits or dashes, beginning with a letter or digit.',
  programmeName: 'Enter a name of at most 40 characters.',
  currency: 'Choose a currency of the list.',
  participantName: 'Enter a name of at most 40 characters.',
  administratorName: 'Enter your name, at most 40 characters.',
};

/** What anyone may see: the script and style sheet, and the ways in (setup on first run, sign-in, an invitation) and out. */
export const entryRoutes = new Hono<{ Bindings: Env }>()
  .get('/:file{console\\.(?:css|js)(?:\\.map)?|icon\\.svg}', async (c) => (await serveFile(c)) ?? c.notFound())
  .get('/setup', async (c) => {
    if (await clearingOf(c.env).isClaimed()) return c.redirect(places.signIn, 303);
    return showSetup(c, EMPTY_FORM);
  })
  .post('/setup/passkey-options', async (c) => answerOptions(await beginSetup(c, await readForm(c))))
  .post('/setup', async (c) => {
    const values = await readForm(c);
    if (values.response === undefined) return showSetup(c, await explainSetup(c, values), 422);
    const entered = await finishRegistration(c.env, values.ceremony ?? '', parseResponse(values));
    if (!entered.ok) return showSetup(c, withRefusal(values, entered), 422);
    await keepTimeZone(c.env, values.timeZone ?? '');
    return enter(c, entered.value, CONSOLE_ROOT);
  })
  .get('/sign-in', async (c) => {
    if (!(await clearingOf(c.env).isClaimed())) return c.redirect(places.setup, 303);
    return showSignIn(c, c.req.query('next') ?? '', EMPTY_FORM);
  })
  .post('/sign-in/passkey-options', async (c) => answerOptions(await beginSignIn(c.env, addressOf(c))))
  .post('/sign-in', async (c) => {
    const values = await readForm(c);
    const entered =
      values.response === undefined
        ? await beginSignIn(c.env, addressOf(c))
        : await finishSignIn(c.env, values.ceremony ?? '', parseResponse(values));
    if (!entered.ok) return showSignIn(c, values.next ?? '', withRefusal(values, entered), 422);
    if (!('token' in entered.value)) return showSignIn(c, values.next ?? '', PASSKEY_MISSING, 422);
    return enter(c, entered.value, parseNext(values.next ?? ''));
  })
  .get('/join', async (c) => showJoin(c, EMPTY_FORM))
  .post('/join/passkey-options', async (c) => {
    const { invitationCode = '' } = await readForm(c);
    return answerOptions(await beginJoin(c.env, invitationCode, addressOf(c)));
  })
  .post('/join', async (c) => {
    const values = await readForm(c);
    const entered =
      values.response === undefined
        ? await beginJoin(c.env, values.invitationCode ?? '', addressOf(c))
        : await finishRegistration(c.env, values.ceremony ?? '', parseResponse(values));
    if (!entered.ok) {
      const words = 'This invitation is wrong, used or too old. Ask for a new one.';
      return showJoin(c, withRefusal(values, entered, { setup_code_invalid: ['invitationCode', words] }), 422);
    }
    if (!('token' in entered.value)) return showJoin(c, { ...PASSKEY_MISSING, values }, 422);
    return enter(c, entered.value, CONSOLE_ROOT);
  })
  .post('/sign-out', async (c) => {
    const token = readSessionCookie(c, 'centre') ?? '';
    if (isToken(token)) await clearingOf(c.env).endConsoleSession(await hashSecret(token));
    clearSessionCookie(c, 'centre');
    return c.redirect(places.signIn, 303);
  });

function addressOf(c: EntryContext): string {
  return clientAddress(c.req.raw, c.env);
}

/** A form that came without the passkey's answer, though nothing was wrong with it: the script did not run. */
const PASSKEY_MISSING: FormState = {
  values: {},
  errors: {},
  problem: 'The passkey did not answer. Switch JavaScript on for this address, and try again.',
};

async function beginSetup(c: EntryContext, values: FormValues): Promise<Result<CeremonyAnswer>> {
  const parsed = parseForm(ClaimConsoleCall, await toClaimCall(c.env, values), SETUP_WORDS);
  return parsed.ok ? beginClaim(c.env, parsed.value, addressOf(c)) : { ok: false, code: 'malformed' };
}

/** Says beside the fields what the call for options was refused for. */
async function explainSetup(c: EntryContext, values: FormValues): Promise<FormState> {
  const parsed = parseForm(ClaimConsoleCall, await toClaimCall(c.env, values), SETUP_WORDS);
  if (!parsed.ok) return withErrors(values, parsed.errors);
  const begun = await beginClaim(c.env, parsed.value, addressOf(c));
  if (begun.ok) return { ...PASSKEY_MISSING, values };
  const words = 'This is not the setup code. Enter the one printed where the server was started.';
  return withRefusal(values, begun, { setup_code_invalid: ['setupCode', words] });
}

/** Where the programme is there already (the demo), only the code and the name are asked for. */
async function toClaimCall(env: Env, values: FormValues) {
  const { setupCode, administratorName } = values;
  const known = await loadProgramme(env);
  if (known) {
    const { programme, name, currency, participants } = known.view;
    const participantName = participants[0]?.name;
    return { setupCode, administratorName, programme, programmeName: name, currency: currency.code, participantName };
  }
  const { programme, programmeName, participantName } = values;
  const currency = listCurrencies().find(({ value }) => value === values.currency)?.value;
  return { setupCode, administratorName, programme, programmeName, currency, participantName };
}

/** The browser says in the form where it is; the console begins with the days of that place. */
async function keepTimeZone(env: Env, timeZone: string): Promise<void> {
  const programme = await loadProgramme(env);
  if (!programme || !isTimeZone(timeZone)) return;
  const { name, amountMinorMax, requestValidSeconds } = programme.view;
  await clearingOf(env).changeSettings({ name, timeZone, amountMinorMax, requestValidSeconds });
  forgetProgramme();
}

function parseResponse({ response = '' }: FormValues): v.InferOutput<typeof WebAuthnResponse> {
  const refused = { id: '', rawId: '', type: 'public-key' as const, response: {} };
  try {
    const parsed = v.safeParse(WebAuthnResponse, JSON.parse(response));
    return parsed.success ? parsed.output : refused;
  } catch {
    return refused;
  }
}

function answerOptions(begun: Result<CeremonyAnswer>): Response {
  return begun.ok ? Response.json(begun.value) : problemOf(begun);
}

function enter(c: EntryContext, { token, expiresAtMs }: ConsoleSignIn, place: string): Response {
  setSessionCookie(c, 'centre', token, Math.floor((expiresAtMs - Date.now()) / 1000));
  return c.redirect(place, 303);
}

/** Only to pages of the console: a sign-in leads nowhere else, whatever a link says. */
function parseNext(next: string): string {
  const url = URL.parse(next, 'http://console');
  const isOurs = url?.origin === 'http://console' && /^\/centre(?:\/|$)/.test(url.pathname);
  return isOurs ? url.pathname + url.search : CONSOLE_ROOT;
}

async function showSetup(c: EntryContext, form: FormState, status: 200 | 422 = 200) {
  const programme = await loadProgramme(c.env);
  return c.html(<SetupPage programmeName={programme?.view.name} currencies={listCurrencies()} form={form} />, status);
}

async function showSignIn(c: EntryContext, next: string, form: FormState, status: 200 | 422 = 200) {
  const name = (await loadProgramme(c.env))?.view.name ?? 'Tandem';
  return c.html(<SignInPage programmeName={name} next={parseNext(next)} form={form} />, status);
}

async function showJoin(c: EntryContext, form: FormState, status: 200 | 422 = 200) {
  const name = (await loadProgramme(c.env))?.view.name ?? 'Tandem';
  return c.html(<JoinPage programmeName={name} form={form} />, status);
}
