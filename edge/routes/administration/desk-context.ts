import type { Context, MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { ParticipantCode } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { clearingOf, loadProgramme } from '../../clearing/load-programme.ts';
import { findSession } from '../../console/find-session.ts';
import type { Actor, Books, Desk } from '../../console/operations/desk.ts';
import { booksOfCall } from '../../console/operations/desk.ts';
import type { Env } from '../../env.ts';
import { problemOf } from '../../security/problem.ts';
import { hashSecret, isToken } from '../../security/secrets.ts';

export type DeskEnv = { Bindings: Env; Variables: { readonly desk: Desk } };
export type DeskContext = Context<DeskEnv>;

/** Lets an administrator's session or an API key on; refuses `not_signed_in` to everyone else. */
export const requireDesk: MiddlewareHandler<DeskEnv> = async function requireDesk(c, next) {
  const actor = await findActor(c);
  if (!actor.ok) return problemOf(actor);
  const programme = await loadProgramme(c.env);
  if (!programme) return problemOf(refuse('programme_missing'));
  c.set('desk', { env: c.env, programme: programme.view, actor: actor.value });
  await next();
};

async function findActor(c: DeskContext): Promise<Result<Actor>> {
  const [, bearer] = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (bearer !== undefined) {
    const key = isToken(bearer) ? await clearingOf(c.env).findApiKey(await hashSecret(bearer)) : undefined;
    return key ? accept({ kind: 'api-key', id: key.keyId, name: key.name }) : refuse('not_signed_in');
  }
  const found = await findSession(c);
  if (!found) return refuse('not_signed_in');
  return accept({ kind: 'administrator', id: found.session.administratorId, name: found.session.name });
}

/** Whose books a call is about, where neither path nor body says so; needed only where there is more than one participant. */
export const ParticipantQuery = v.object({ participant: v.optional(ParticipantCode) });

export function booksOf(c: DeskContext, { participant }: v.InferOutput<typeof ParticipantQuery>): Result<Books> {
  return booksOfCall(c.get('desk'), participant);
}

/** The one way in which a result leaves: what was asked for, or the problem. */
export function answer<T>(c: DeskContext, result: Result<T>) {
  return result.ok ? c.json(result.value as object) : problemOf(result);
}
