import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describeTally } from './describe-tally.ts';
import { Tally } from './world/tally.ts';

const HELP = `npm run simulate -- [--seeds N] [--first S] [--steps N] [--workers N] [--report FILE]
npm run simulate -- --seed S [--steps N]      one seed again, as it was

Offline payments with everything going wrong, from a seed: see tests/simulator/README.md.`;

interface Done {
  readonly seed: number;
  readonly failure?: string;
  readonly counts: Tally['counts'];
  readonly worstLoss: Tally['worstLoss'];
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    steps: { type: 'string', default: '300' },
    workers: { type: 'string', default: String(Math.max(1, availableParallelism())) },
    /** Counts of seeds, as JSON. */
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else await run();

async function run(): Promise<void> {
  const startedAtMs = Date.now();
  const first = wholeNumber(values.seed ?? values.first);
  const seeds = values.seed === undefined ? wholeNumber(values.seeds) : 1;
  const steps = wholeNumber(values.steps);
  const left = Array.from({ length: seeds }, (_, index) => first + index).reverse();
  const total = new Tally();
  const failures: Done[] = [];
  const workers = Math.min(seeds, wholeNumber(values.workers));

  await Promise.all(Array.from({ length: workers }, () => work(steps, left, take)));

  const seconds = (Date.now() - startedAtMs) / 1000;
  console.log(describeTally(total, seconds));
  for (const { seed, failure } of failures.sort((one, other) => one.seed - other.seed)) {
    const more = steps === 300 ? '' : ` --steps ${steps}`;
    console.log(`\nSeed ${seed}: ${failure}\n  npm run simulate -- --seed ${seed}${more}`);
  }
  const counts = { passed: seeds - failures.length, failed: failures.length, seconds };
  if (values.report) writeFileSync(values.report, JSON.stringify(counts));
  console.log(`\n${counts.passed} of ${seeds} seeds fine, ${seconds.toFixed(1)} s`);
  process.exitCode = failures.length === 0 ? 0 : 1;

  function take(done: Done): void {
    total.add(done);
    if (done.failure !== undefined) failures.push(done);
  }
}

/** One thread, one seed after the other. */
function work(steps: number, left: number[], take: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { steps } });
    const next = () => worker.postMessage(left.pop());
    worker.on('message', (done: Done) => {
      take(done);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve());
    next();
  });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Error(`Not a whole number: ${text}\n\n${HELP}`);
  return Number(text);
}
