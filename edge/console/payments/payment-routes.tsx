import { Hono } from 'hono';
import * as v from 'valibot';
import { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { showNotFound } from '../layout/not-found-page.tsx';
import { describePayment } from './describe-payment.ts';
import { PaymentPage } from './payment-page.tsx';

/** One payment, under its trace key. */
export const paymentRoutes = new Hono<ConsoleEnv>().get('/:traceKey', async (c) => {
  const traceKey = v.safeParse(TraceKey, c.req.param('traceKey').toUpperCase());
  const details = traceKey.success ? await c.get('books').ledger.paymentDetails(traceKey.output) : undefined;
  if (!details) return showNotFound(c);
  using registry = openRegistry(c.get('books').ledger);
  const operators = await registry.shops.listOperators(details.merchantNo);
  const operatorName = operators.find(({ operatorNo }) => operatorNo === details.operatorNo)?.name;
  return c.html(<PaymentPage view={createView(c)} payment={await describePayment(details, operatorName)} />);
});
