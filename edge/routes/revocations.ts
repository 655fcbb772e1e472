import { Hono } from 'hono';
import * as v from 'valibot';
import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import { RevocationsAnswer } from '../../shared/protocol/wire/offline.ts';
import { openOfflineDesk } from '../ledger/offline/open-offline-desk.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import { readSession } from '../security/session-cookie.ts';
import { type ApiEnv, findLedger, homeParticipant, requireProgramme } from './api-context.ts';
import { describeCall, takeQuery } from './describe-call.ts';

const RevocationsQuery = v.object({
  since: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,15}$/), v.transform(Number))),
});

/** Allowances that were withdrawn: nothing in it is secret, and whoever carries it to a till without network does good. */
export const revocationRoutes = new Hono<ApiEnv>().get(
  '/revocations',
  describeCall('get', {
    tag: 'Payments',
    summary: 'Allowances that were withdrawn, signed by the centre',
    description:
      'Those after version `since`; all where it is left out. One list at least, which says how far it goes and when it was signed. For the participant of the session, where the call has one; else for the first.',
    answer: RevocationsAnswer,
    refusals: ['malformed'],
  }),
  takeQuery(RevocationsQuery),
  async (c) => {
    const programme = await requireProgramme(c.env);
    if (!programme.ok) return problemOf(programme);
    const session = (await readSession(c, 'pos')) ?? (await readSession(c, 'wallet'));
    const home = homeParticipant(programme.value);
    const ledger = findLedger(c.env, programme.value, session?.participant ?? home);
    using desk = openOfflineDesk(ledger ?? findLedger(c.env, programme.value, home)!);
    const lists = await desk.revocationLists(c.req.valid('query').since ?? 0);
    return lists.length > 0 ? c.json({ lists: lists.map(encodeBase64url) }) : createProblem('unavailable');
  },
);
