import { Hono } from 'hono';
import { serveFile } from './assets.ts';
import { consoleRoutes } from './console/console.ts';
import type { Env } from './env.ts';
import { createApi } from './routes/api.ts';
import { landingRoutes } from './routes/landing.tsx';
import { notFoundPage } from './routes/not-found-page.tsx';
import { checkOrigin } from './security/check-origin.ts';
import { handleError } from './security/handle-error.ts';
import { securityHeaders } from './security/headers.ts';
import { limitBody } from './security/limit-body.ts';
import { createProblem } from './security/problem.ts';

/** The whole worker: what holds for every call first, then the API, the console, the apps' files. */
export function createApp() {
  const app = new Hono<{ Bindings: Env }>()
    .use(securityHeaders)
    .use(limitBody)
    .use(checkOrigin)
    .route('/api/v1', createApi())
    .route('/centre', consoleRoutes)
    .route('/', landingRoutes);
  app.get('*', async (c) => (await serveFile(c)) ?? c.notFound());
  app.notFound((c) => (c.req.path.startsWith('/api/') ? createProblem('not_found') : notFoundPage(c)));
  app.onError(handleError);
  return app;
}
