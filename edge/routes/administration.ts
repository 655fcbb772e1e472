import { Hono } from 'hono';
import { administerAccounts } from './administration/accounts.ts';
import { type DeskEnv, requireDesk } from './administration/desk-context.ts';
import { administerOffline } from './administration/offline.ts';
import { administerPayments } from './administration/payments.ts';
import { administerProgramme } from './administration/programme.ts';
import { administerShops } from './administration/shops.ts';

/**
 * `/api/v1/administration/…`: what the console does, for programs. Signed in by the console's session or by an API key
 * (`Authorization: Bearer …`, made in the console). Administrators and API keys themselves are people's business: they are
 * only in the console.
 */
export const administrationRoutes = new Hono<DeskEnv>()
  .use(requireDesk)
  .route('/', administerProgramme)
  .route('/', administerShops)
  .route('/', administerAccounts)
  .route('/', administerPayments)
  .route('/', administerOffline);
