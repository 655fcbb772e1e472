import type { Context } from 'hono';

/**
 * The page that a form stands on: `/centre/100001/accounts/NUMBER` for the forms beneath it. A form that was refused is shown
 * under its own address, which takes no GET: loaded again, it leads back here.
 */
export function pageOfForm(c: Context): string {
  return new URL(c.req.url).pathname.split('/').slice(0, 5).join('/');
}
