import { Hono } from 'hono';
import * as v from 'valibot';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import { ProgrammeAnswer } from '../../shared/protocol/wire/programme.ts';
import { DocumentText, TimeMs } from '../../shared/protocol/wire/scalars.ts';
import { clearingOf } from '../clearing/load-programme.ts';
import { problemOf } from '../security/problem.ts';
import { type ApiEnv, requireProgramme } from './api-context.ts';
import { describeCall } from './describe-call.ts';
import { createProgrammeAnswer } from './programme-answer.ts';

const HealthAnswer = v.object({
  ok: v.boolean(),
  /** Whether someone owns the console. */
  claimed: v.boolean(),
});
const KeysAnswer = v.object({ centreKeys: v.array(DocumentText), centreTimeMs: TimeMs });
const TimeAnswer = v.object({ centreTimeMs: TimeMs });

/** What anyone may know. */
export const programmeRoutes = new Hono<ApiEnv>()
  .get(
    '/health',
    describeCall('get', { tag: 'Programme', summary: 'Is the centre up?', answer: HealthAnswer }),
    async (c) => c.json({ ok: true, claimed: await clearingOf(c.env).isClaimed() }),
  )
  .get(
    '/programme',
    describeCall('get', {
      tag: 'Programme',
      summary: 'What an app needs before it is enrolled',
      answer: ProgrammeAnswer,
    }),
    async (c) => {
      const programme = await requireProgramme(c.env);
      return programme.ok ? c.json(createProgrammeAnswer(c.env, programme.value)) : problemOf(programme);
    },
  )
  .get(
    '/keys',
    describeCall('get', {
      tag: 'Programme',
      summary: "The announcements of the centre's keys, first to newest",
      description: 'Each is signed by the key before it: who believes any of them can follow the chain.',
      answer: KeysAnswer,
    }),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const centreKeys = programme.value.view.announcements.map(encodeBase64url);
      return c.json({ centreKeys, centreTimeMs: Date.now() });
    },
  )
  .get('/time', describeCall('get', { tag: 'Programme', summary: "The centre's clock", answer: TimeAnswer }), (c) =>
    c.json({ centreTimeMs: Date.now() }),
  );
