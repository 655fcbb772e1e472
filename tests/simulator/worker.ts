import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from './simulate.ts';

/** Takes seeds as long as there are any. */
const { steps } = workerData as { steps: number };
parentPort!.on('message', async (seed: number | undefined) => {
  if (seed === undefined) {
    parentPort!.close();
    return;
  }
  const { tally, failure } = await simulate(seed, steps);
  parentPort!.postMessage({ seed, failure, counts: tally.counts, worstLoss: { ...tally.worstLoss, seed } });
});
