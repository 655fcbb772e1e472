import { Hono } from 'hono';
import { CreateParticipantCall } from '../../../shared/protocol/wire/administration.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { goTo, takeNote } from '../forms/note.ts';
import { type FieldWords, parseForm, withErrors, withRefusal } from '../forms/parse-form.ts';
import { readForm } from '../forms/read-form.ts';
import { createParticipant } from '../operations/programme.ts';
import { suggestParticipantCode } from '../operations/suggest-numbers.ts';
import { EMPTY_FORM, type FormState } from '../parts/post-form.tsx';
import { places } from '../places.ts';
import { ParticipantsPage } from './participants-page.tsx';

const WORDS: FieldWords = {
  code: 'This is no participant code. Enter six digits.',
  name: 'Enter a name of at most 40 characters.',
};

export const participantsRoutes = new Hono<ConsoleEnv>()
  .get('/', (c) => showParticipants(c, EMPTY_FORM))
  .post('/', async (c) => {
    const values = await readForm(c);
    const { code, name } = values;
    const parsed = parseForm(CreateParticipantCall, { code, name }, WORDS);
    if (!parsed.ok) return showParticipants(c, withErrors(values, parsed.errors));
    const created = await createParticipant(c.get('desk'), parsed.value);
    if (!created.ok) {
      const words = 'Another participant has this code. Choose another.';
      return showParticipants(c, withRefusal(values, created, { already_exists: ['code', words] }));
    }
    return goTo(c, places.participants, { said: `${created.value.name} is a participant now, with books of its own.` });
  });

async function showParticipants(c: ConsoleContext, form: FormState) {
  const { env, programme } = c.get('desk');
  const { said } = await takeNote(c);
  const participants = await Promise.all(
    programme.participants.map(async ({ code, name }) => {
      const balance = await env.LEDGER.getByName(code).trialBalance();
      return { code, name, moneyInMinor: balance?.moneyInMinor ?? 0, isBalanced: balance?.faults.length === 0 };
    }),
  );
  return c.html(
    <ParticipantsPage
      view={createView(c, said)}
      participants={participants}
      suggestedCode={suggestParticipantCode(participants.map(({ code }) => code))}
      form={form}
    />,
    form === EMPTY_FORM ? 200 : 422,
  );
}
