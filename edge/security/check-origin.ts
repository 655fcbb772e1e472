import type { MiddlewareHandler } from 'hono';
import type { Env } from '../env.ts';
import { originsOf } from './origins.ts';
import { createProblem } from './problem.ts';

/**
 * Lets a call that may change something through only from one of our own pages, or from no browser at all. A browser names
 * its page in `Origin` on every such call; without the header a call may carry no cookie, so there is no session for
 * another site to borrow.
 */
export const checkOrigin: MiddlewareHandler<{ Bindings: Env }> = async function checkOrigin(c, next) {
  const { method, headers } = c.req.raw;
  if (method === 'GET' || method === 'HEAD') return next();
  return isOwnOrigin(headers, originsOf(c.env).all) ? next() : createProblem('origin_refused');
};

/** Asked at the socket's upgrade too: that is a GET, and browsers send it with the cookie from any site. */
export function isOwnOrigin(headers: Headers, ownOrigins: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return ownOrigins.includes(origin);
  return !headers.has('cookie') && (headers.get('sec-fetch-site') ?? 'none') === 'none';
}
