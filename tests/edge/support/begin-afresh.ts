import { reset } from 'cloudflare:test';
import { beforeAll } from 'vitest';
import { forgetProgramme } from '../../../edge/clearing/load-programme.ts';

/** Files share a runtime: each begins with empty storage, and a worker that knows of no programme. */
beforeAll(async () => {
  forgetProgramme();
  await reset();
});
