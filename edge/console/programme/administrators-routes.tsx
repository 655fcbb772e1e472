import { Hono } from 'hono';
import * as v from 'valibot';
import { DisplayName } from '../../../shared/protocol/documents/fields.ts';
import { clearingOf } from '../../clearing/load-programme.ts';
import { originsOf } from '../../security/origins.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { parseForm, withErrors } from '../forms/parse-form.ts';
import { readForm } from '../forms/read-form.ts';
import { showRefusal } from '../layout/refusal-page.tsx';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { AdministratorsPage } from './administrators-page.tsx';

const NameCall = v.strictObject({ name: DisplayName });
const WORDS = { name: 'Enter the name of whom you invite, at most 40 characters.' };

export const administratorsRoutes = new Hono<ConsoleEnv>()
  .get('/', (c) => showAdministrators(c, EMPTY_FORM))
  .post('/', async (c) => {
    const values = await readForm(c);
    const parsed = parseForm(NameCall, { name: values.name }, WORDS);
    if (!parsed.ok) return showAdministrators(c, withErrors(values, parsed.errors));
    const { name } = parsed.value;
    const invitation = await clearingOf(c.env).invite(name, c.get('session').administratorId);
    return goTo(c, `${places.administrators}#invitation`, { ...invitation, subject: name });
  })
  .post('/:administratorId/remove', async (c) => {
    const removed = await clearingOf(c.env).removeAdministrator(c.req.param('administratorId'));
    if (!removed.ok) return showRefusal(c, removed);
    return goTo(c, places.administrators, { said: 'Removed, and signed out everywhere.' });
  });

async function showAdministrators(c: ConsoleContext, form: FormState) {
  const { said, code, subject = '', expiresAtMs = 0 } = await takeNote(c, { isKept: true });
  const { administratorId: self } = c.get('session');
  const administrators = (await clearingOf(c.env).listAdministrators()).map((one) => ({
    ...one,
    isSelf: one.administratorId === self,
  }));
  // Behind the `#`, so that the code gets into no server's log.
  const link = `${originsOf(c.env).publicOrigin}${places.join}#invite=${code}`;
  return c.html(
    <AdministratorsPage
      view={createView(c, said)}
      administrators={administrators}
      invitation={code ? { name: subject, code, link, expiresAtMs } : undefined}
      form={form}
    />,
    form === EMPTY_FORM ? 200 : 422,
  );
}
