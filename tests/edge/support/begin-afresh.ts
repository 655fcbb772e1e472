import { listDurableObjectIds, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll } from 'vitest';
import { forgetProgramme } from '../../../edge/clearing/load-programme.ts';

/**
 * Files share a runtime: each ends by emptying its storage, while the next is still being loaded, so that nothing of the clearing away
 * falls into it. The next begins with a worker that knows of no programme, and makes sure that nothing is left.
 */
afterAll(() => reset());

beforeAll(async () => {
  const left = [...(await listDurableObjectIds(env.CLEARING)), ...(await listDurableObjectIds(env.LEDGER))];
  if (left.length > 0) await reset();
  forgetProgramme();
});
