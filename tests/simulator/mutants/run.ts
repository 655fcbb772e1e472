import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { MUTANTS, type Mutant } from './mutants.ts';
import { mutate } from './mutate.ts';

/**
 * `npm run simulate:mutants`: puts one defect after the other into shipped code, and asks whether the tests notice. One that survives
 * is a gap in the tests. The work tree is not touched: seeds load the changed text, other tests run in a copy.
 */
const root = resolve(import.meta.dirname, '../../..');
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '40' },
    steps: { type: 'string', default: '300' },
    workers: { type: 'string', default: String(availableParallelism()) },
    /** Only those whose name has this in it. */
    only: { type: 'string', default: '' },
  },
});

interface Outcome {
  readonly mutant: Mutant;
  /** Who noticed; undefined: nobody. */
  readonly by: string | undefined;
  readonly seconds: number;
}

/** A defect may make the code wait for ever. */
const SEED_MS_MAX = 90_000;
const COPIED = ['shared', 'edge', 'pos-pwa', 'wallet-pwa', 'tests', 'package.json', 'tsconfig.json', 'wrangler.toml'];
const queue = MUTANTS.filter(({ name }) => name.includes(values.only)).reverse();
const outcomes: Outcome[] = [];
for (const mutant of queue) mutate(mutant, readFileSync(resolve(root, mutant.file), 'utf8'));

// What is unchanged must pass in the copy: else a test would notice anything.
const control = { name: 'nothing', file: 'package.json', find: '"private": true', replace: '"private": true' };
const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
const healthy = ['tests/shared/protocol/offline/chain.test.ts', 'tests/edge/offline/ahead-of-time.test.ts'];
for (const test of healthy) {
  const complaint = await tryTests(control, test, folder);
  if (complaint) throw new Error(`${complaint} fails as it is.`);
}
rmSync(folder, { recursive: true, force: true });

await Promise.all(Array.from({ length: Number(values.workers) }, () => work()));

const survivors = outcomes.filter(({ by }) => by === undefined);
console.log(`\n${outcomes.length - survivors.length} of ${outcomes.length} defects noticed`);
for (const { mutant } of survivors) console.log(`  survived: ${mutant.name} (${mutant.file})`);
process.exitCode = survivors.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    for (let mutant = queue.pop(); mutant; mutant = queue.pop()) {
      const startedAtMs = Date.now();
      const by = mutant.test ? await tryTests(mutant, mutant.test, copy) : await trySeeds(mutant);
      const outcome = { mutant, by, seconds: (Date.now() - startedAtMs) / 1000 };
      outcomes.push(outcome);
      console.log(`${by ? 'noticed ' : 'SURVIVED'}  ${mutant.name}: ${by ?? '-'} (${outcome.seconds.toFixed(0)} s)`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function trySeeds(mutant: Mutant): Promise<string | undefined> {
  const seeds = [...(mutant.seeds ?? []), ...Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)];
  return new Promise((done, reject) => {
    const workerData = { mutant, seeds, steps: Number(values.steps) };
    const worker = new Worker(new URL('./mutant-worker.ts', import.meta.url), { workerData });
    let timer: NodeJS.Timeout | undefined;
    const end = (by: string | undefined) => {
      clearTimeout(timer);
      done(by);
      void worker.terminate();
    };
    worker.on('message', ({ trying, caught }: { trying?: number; caught?: { seed: number; failure: string } }) => {
      clearTimeout(timer);
      if (trying === undefined) end(caught && `seed ${caught.seed}, ${caught.failure.split('\n')[0]}`);
      else timer = setTimeout(() => end(`seed ${trying}, which never ends`), SEED_MS_MAX);
    });
    worker.on('error', reject);
  });
}

/** @param copy a folder of this worker's own */
async function tryTests(mutant: Mutant, test: string, copy: string): Promise<string | undefined> {
  for (const name of COPIED) cpSync(resolve(root, name), join(copy, name), { recursive: true, force: true });
  rmSync(join(copy, 'node_modules'), { force: true });
  symlinkSync(resolve(root, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, mutant.file);
  writeFileSync(file, mutate(mutant, readFileSync(file, 'utf8')));
  const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
  const project = test.startsWith('tests/edge/') ? 'worker' : 'unit';
  const args = [vitest, 'run', '--config', 'tests/vitest.config.ts', '--project', project, '--bail', '1', test];
  const status = await new Promise<number | null>((done) => {
    spawn(process.execPath, args, { cwd: copy, stdio: 'ignore' }).on('exit', done);
  });
  writeFileSync(file, readFileSync(resolve(root, mutant.file), 'utf8'));
  return status === 0 ? undefined : test;
}
