import type { Env as WorkerEnv } from '../../edge/env.ts';

/** Gives `env` and `exports` of `cloudflare:workers` their types inside the worker's tests. */
declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {}
    interface GlobalProps {
      mainModule: typeof import('../../edge/worker.ts');
    }
  }
}
