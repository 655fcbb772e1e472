import { Hono } from 'hono';
import { accountRoutes } from './accounts/account-routes.tsx';
import { accountsRoutes } from './accounts/accounts-routes.tsx';
import type { ConsoleEnv } from './console-context.ts';
import { entryRoutes } from './entry/entry-routes.tsx';
import { showNotFound } from './layout/not-found-page.tsx';
import { merchantRoutes } from './merchants/merchant-routes.tsx';
import { merchantsRoutes } from './merchants/merchants-routes.tsx';
import { terminalRoutes } from './merchants/terminal-routes.tsx';
import { offlineRoutes } from './offline/offline-routes.tsx';
import { openBooks } from './open-books.ts';
import { overviewRoutes } from './overview/overview-routes.tsx';
import { paymentRoutes } from './payments/payment-routes.tsx';
import { paymentsRoutes } from './payments/payments-routes.tsx';
import { places } from './places.ts';
import { administratorsRoutes } from './programme/administrators-routes.tsx';
import { apiKeysRoutes } from './programme/api-keys-routes.tsx';
import { keysRoutes } from './programme/keys-routes.tsx';
import { participantsRoutes } from './programme/participants-routes.tsx';
import { settingsRoutes } from './programme/settings-routes.tsx';
import { requireAdministrator } from './require-administrator.ts';

/** One participant's books, under its code. */
const booksRoutes = new Hono<ConsoleEnv>()
  .use(openBooks)
  .route('/', overviewRoutes)
  .route('/merchants', merchantsRoutes)
  .route('/merchants', merchantRoutes)
  .route('/terminals', terminalRoutes)
  .route('/accounts', accountsRoutes)
  .route('/accounts', accountRoutes)
  .route('/offline', offlineRoutes)
  .route('/payments', paymentsRoutes)
  .route('/payments', paymentRoutes);

/**
 * The console, to be mounted at `/centre`. That a call comes from our own pages is checked before, as for every call that
 * may change something (`checkOrigin`).
 */
export const consoleRoutes = new Hono<ConsoleEnv>()
  .route('/', entryRoutes)
  .use(requireAdministrator)
  .get('/', (c) => c.redirect(places.overview(c.get('desk').programme.participants[0]!.code)))
  .route('/participants', participantsRoutes)
  .route('/administrators', administratorsRoutes)
  .route('/keys', keysRoutes)
  .route('/api-keys', apiKeysRoutes)
  .route('/settings', settingsRoutes)
  .route('/:participant{[0-9]{6}}', booksRoutes)
  .all('*', showNotFound);
