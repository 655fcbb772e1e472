import { type Measured, measureLoad } from './measure-load.ts';
import type { Bench } from './open-bench.ts';
import { preparePayments } from './prepare-payments.ts';

/** What payments are measured against: a call that does nothing, one to an object that does nothing, one signature. */
export const BASELINES = {
  'route that does nothing': '/api/v1/bench/nothing',
  'object that does nothing': '/api/v1/bench/object',
  'one ECDSA verify': '/api/v1/bench/verify',
} as const;
export type Baseline = keyof typeof BASELINES;

/** Makes `count` payments ready, then measures how they are paid. */
export async function measurePayments(
  bench: Bench,
  count: number,
  inFlight: number,
  name = 'payment',
): Promise<Measured> {
  const payments = await preparePayments(bench, count);
  const measured = await measureLoad(name, bench.server, payments, inFlight);
  for (const payment of payments) await payment.verify();
  return measured;
}
