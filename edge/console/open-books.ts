import type { MiddlewareHandler } from 'hono';
import type { ConsoleEnv } from './console-context.ts';
import { showNotFound } from './layout/not-found-page.tsx';
import { findBooks } from './operations/desk.ts';

/** Opens the books that the address names by the participant's code, for the pages under it. */
export const openBooks: MiddlewareHandler<ConsoleEnv> = async function openBooks(c, next) {
  const books = findBooks(c.get('desk'), c.req.param('participant') ?? '');
  if (!books) return showNotFound(c);
  c.set('books', books);
  await next();
};
