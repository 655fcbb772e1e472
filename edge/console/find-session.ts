import type { Context } from 'hono';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ConsoleSession } from '../clearing/administrators.ts';
import { clearingOf } from '../clearing/load-programme.ts';
import type { Env } from '../env.ts';
import { hashSecret, isToken } from '../security/secrets.ts';
import { readSessionCookie } from '../security/session-cookie.ts';

export interface FoundSession {
  readonly session: ConsoleSession;
  /** Of its token; the token itself is never kept. */
  readonly sessionHash: Bytes;
}

/**
 * The administrator's session that a call names by its cookie, if it holds. The Clearing object is asked each time: who was
 * removed or signed out is out at once.
 */
export async function findSession<E extends { Bindings: Env }>(c: Context<E>): Promise<FoundSession | undefined> {
  // Only bindings and cookies are read, whatever variables the context has besides.
  const token = readSessionCookie(c as unknown as Context<{ Bindings: Env }>, 'centre') ?? '';
  if (!isToken(token)) return undefined;
  const sessionHash = await hashSecret(token);
  const session = await clearingOf(c.env).findConsoleSession(sessionHash);
  return session && { session, sessionHash };
}
