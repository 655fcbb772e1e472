import { Hono } from 'hono';
import * as v from 'valibot';
import { encodeHex } from '../../../shared/protocol/bytes.ts';
import { computeKeyId } from '../../../shared/protocol/signing-key.ts';
import { clearingOf } from '../../clearing/load-programme.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { withRefusal } from '../forms/parse-form.ts';
import { readForm } from '../forms/read-form.ts';
import { showNotFound } from '../layout/not-found-page.tsx';
import { RotateCentreKeyCall, rotateCentreKey } from '../operations/programme.ts';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { KeysPage } from './keys-page.tsx';

export const keysRoutes = new Hono<ConsoleEnv>()
  .get('/', (c) => showKeys(c, EMPTY_FORM))
  .post('/', async (c) => {
    const values = await readForm(c);
    const call = v.safeParse(RotateCentreKeyCall, { generation: Number(values.generation) });
    if (!call.success) return showNotFound(c);
    const rotated = await rotateCentreKey(c.get('desk'), call.output);
    if (!rotated.ok) return showKeys(c, withRefusal(values, rotated));
    return goTo(c, places.keys, { said: `Key ${rotated.value.generation} is announced, and signs in a minute.` });
  });

async function showKeys(c: ConsoleContext, form: FormState) {
  const { said } = await takeNote(c);
  const centreKeys = await clearingOf(c.env).listCentreKeys();
  const keys = await Promise.all(
    centreKeys.map(async ({ generation, publicKey, validFromMs }) => ({
      generation,
      keyId: encodeHex(await computeKeyId(publicKey)),
      publicKey: encodeHex(publicKey),
      validFromMs,
    })),
  );
  return c.html(<KeysPage view={createView(c, said)} keys={keys} form={form} />, form === EMPTY_FORM ? 200 : 422);
}
