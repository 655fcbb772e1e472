import { Hono } from 'hono';
import { clearingOf } from '../clearing/load-programme.ts';
import { createProblem } from '../security/problem.ts';
import type { ApiEnv } from './api-context.ts';

let signed: Promise<{ key: CryptoKey; signature: ArrayBuffer; data: Uint8Array<ArrayBuffer> }> | undefined;

/** What payments are measured against, on the same server in the same run. There only with BENCH=1. */
export const benchRoutes = new Hono<ApiEnv>()
  .use(async (c, next) => (c.env.BENCH === '1' ? next() : createProblem('not_found')))
  .get('/nothing', (c) => c.body(null, 204))
  .get('/object', async (c) => {
    await clearingOf(c.env).doNothing();
    return c.body(null, 204);
  })
  .get('/verify', async (c) => {
    signed ??= createSigned();
    const { key, signature, data } = await signed;
    const isValid = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data);
    return c.body(null, isValid ? 204 : 500);
  });

async function createSigned() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
  const pair = (await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as CryptoKeyPair;
  const data = new Uint8Array(69);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data);
  return { key: pair.publicKey, signature, data };
}
