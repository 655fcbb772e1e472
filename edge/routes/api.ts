import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { generateSpecs } from 'hono-openapi';
import { createProblem } from '../security/problem.ts';
import { requireJson } from '../security/require-json.ts';
import { administrationRoutes } from './administration.ts';
import type { ApiEnv } from './api-context.ts';
import { benchRoutes } from './bench.ts';
import { demoRoutes } from './demo.ts';
import { docsPage } from './docs-page.tsx';
import { OPENAPI_DOCUMENTATION } from './openapi-documentation.ts';
import { operatorRoutes } from './operators.ts';
import { payCodeChargeRoutes } from './pay-code-charges.ts';
import { paymentRoutes } from './payments.ts';
import { problemRoutes } from './problems.ts';
import { programmeRoutes } from './programme.ts';
import { revocationRoutes } from './revocations.ts';
import { terminalRoutes } from './terminals.ts';
import { walletAllowanceRoutes } from './wallet-allowance.ts';
import { walletPayCodeRoutes } from './wallet-pay-codes.ts';
import { walletRoutes } from './wallets.ts';

/** Everything under /api/v1. */
export function createApi() {
  const api = new Hono<ApiEnv>();
  api.use(methodNotAllowed({ app: api, onMethodNotAllowed: refuseMethod })).use(requireJson);
  const routes = api
    .route('/', programmeRoutes)
    .route('/', paymentRoutes)
    .route('/', payCodeChargeRoutes)
    .route('/', revocationRoutes)
    .route('/terminals', terminalRoutes)
    .route('/terminals/operators', operatorRoutes)
    .route('/wallet', walletRoutes)
    .route('/wallet', walletPayCodeRoutes)
    .route('/wallet', walletAllowanceRoutes)
    .route('/administration', administrationRoutes)
    .route('/', problemRoutes)
    .route('/', demoRoutes)
    .route('/bench', benchRoutes);

  // Made at the first asking: most isolates never are.
  let described: Awaited<ReturnType<typeof generateSpecs>> | undefined;
  async function describeApi() {
    described ??= await generateSpecs(routes, {
      documentation: OPENAPI_DOCUMENTATION,
      defaultValidationErrorResponse: false,
      excludeStaticFile: false,
    });
    return described;
  }
  return routes
    .get('/openapi.json', async (c) => c.json(await describeApi()))
    .get('/docs', async (c) => docsPage(c, await describeApi()));
}

function refuseMethod(_context: unknown, methods: readonly string[]): Response {
  return createProblem('method_not_allowed', { headers: { allow: methods.join(', ') } });
}
