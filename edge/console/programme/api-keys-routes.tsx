import { Hono } from 'hono';
import * as v from 'valibot';
import { DisplayName } from '../../../shared/protocol/documents/fields.ts';
import { clearingOf } from '../../clearing/load-programme.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { readForm } from '../forms/read-form.ts';
import { showRefusal } from '../layout/refusal-page.tsx';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { ApiKeysPage } from './api-keys-page.tsx';

const NameCall = v.strictObject({ name: DisplayName });
const WORDS = { name: 'Say what it is for, in at most 40 characters.' };

/** Only people make keys: no key makes another. */
export const apiKeysRoutes = new Hono<ConsoleEnv>()
  .get('/', (c) => showApiKeys(c, EMPTY_FORM))
  .post('/', async (c) => {
    const values = await readForm(c);
    const parsed = parseForm(NameCall, { name: values.name }, WORDS);
    if (!parsed.ok) return showApiKeys(c, withErrors(values, parsed.errors));
    const created = await clearingOf(c.env).createApiKey(parsed.value.name, c.get('session').administratorId);
    if (!created.ok) return showApiKeys(c, withRefusal(values, created));
    return goTo(c, places.apiKeys, { code: created.value.token, subject: created.value.name });
  })
  .post('/:keyId/revoke', async (c) => {
    const revoked = await clearingOf(c.env).revokeApiKey(c.req.param('keyId'));
    if (!revoked.ok) return showRefusal(c, revoked);
    return goTo(c, places.apiKeys, { said: 'The key is revoked: whoever has it can do nothing with it any more.' });
  });

async function showApiKeys(c: ConsoleContext, form: FormState) {
  const { said, code, subject } = await takeNote(c);
  const apiKeys = await clearingOf(c.env).listApiKeys();
  const created = code === undefined ? undefined : { name: subject ?? '', token: code };
  return c.html(
    <ApiKeysPage view={createView(c, said)} apiKeys={apiKeys} created={created} form={form} />,
    form === EMPTY_FORM ? 200 : 422,
  );
}
