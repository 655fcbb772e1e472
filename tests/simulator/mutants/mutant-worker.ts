import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Mutant } from './mutants.ts';
import { mutate } from './mutate.ts';

/** Loads everything with one defect in it, and tries seeds until one of them notices. */
const { mutant, seeds, steps } = workerData as { mutant: Mutant; seeds: readonly number[]; steps: number };
const url = pathToFileURL(resolve(import.meta.dirname, '../../..', mutant.file)).href;

registerHooks({
  load: (of, context, next) => {
    const loaded = next(of, context);
    return of === url ? { ...loaded, source: mutate(mutant, String(loaded.source)) } : loaded;
  },
});

const { simulate } = await import('../simulate.ts');
let caught: { seed: number; failure: string } | undefined;
for (const seed of seeds) {
  parentPort!.postMessage({ trying: seed });
  const { failure } = await simulate(seed, steps);
  if (failure === undefined) continue;
  caught = { seed, failure };
  break;
}
parentPort!.postMessage({ caught });
