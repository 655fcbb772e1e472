import type { MiddlewareHandler } from 'hono';
import { clearingOf, loadProgramme } from '../clearing/load-programme.ts';
import type { ConsoleEnv } from './console-context.ts';
import { findSession } from './find-session.ts';
import { linkWithQuery } from './parts/link-with-query.ts';
import { places } from './places.ts';

/** Lets only a signed-in administrator on; everyone else goes to the sign-in, or on first run to the setup. */
export const requireAdministrator: MiddlewareHandler<ConsoleEnv> = async function requireAdministrator(c, next) {
  const found = await findSession(c);
  const programme = found && (await loadProgramme(c.env));
  if (!found || !programme) {
    if (!(await clearingOf(c.env).isClaimed())) return c.redirect(places.setup, 303);
    // What a form sent is lost with the session: after signing in only pages are gone back to.
    const { pathname, search } = new URL(c.req.url);
    const back = c.req.method === 'GET' ? pathname + search : undefined;
    return c.redirect(linkWithQuery(places.signIn, { next: back }), 303);
  }
  const { administratorId, name } = found.session;
  const actor = { kind: 'administrator', id: administratorId, name } as const;
  c.set('desk', { env: c.env, programme: programme.view, actor });
  c.set('session', found.session);
  c.set('sessionHash', found.sessionHash);
  await next();
};
