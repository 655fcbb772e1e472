import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { TALLIED } from './support/tally.ts';

/**
 * `npm run faults`: the tests of this folder as in `npm test`, with long numbers, and with those that take too long for it; then
 * what was done to the centre, counted. `--kills N` (26) for each of the two files that kill, `--sales N` (1000) on a spoiled network,
 * `--only TEXT` for the files whose names hold it.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '26' },
    sales: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
  },
});
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'faults-'));
const tallyFile = join(folder, 'tally');
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts') && name.includes(values.only))
  .map((name) => `tests/faults/${name}`);
if (files.length === 0) throw new Error(`No file here has "${values.only}" in its name.`);
const startedAtMs = Date.now();

const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', 'tests/vitest.config.ts', '--project', 'built', '--reporter=verbose'],
    ...files,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      FAULTS_TALLY: tallyFile,
      KILL_ROUNDS: values.kills,
      OFFLINE_KILL_ROUNDS: values.kills,
      NETWORK_SALES: values.sales,
      OFFLINE_SALES: values.sales,
      DISK_ROUNDS: '10',
      ALARM_OUTAGE: '1',
    },
  },
);

const counts = new Map<string, number>(TALLIED.map((what) => [what, 0]));
if (existsSync(tallyFile)) {
  for (const line of readFileSync(tallyFile, 'utf8').trim().split('\n')) {
    const [, count = '0', what = ''] = /^([0-9]+) (.*)$/.exec(line) ?? [];
    counts.set(what, (counts.get(what) ?? 0) + Number(count));
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(`\nIn ${Math.round((Date.now() - startedAtMs) / 1000)} s:`);
for (const [what, count] of counts) console.log(`${String(count).padStart(8)}  ${what}`);
process.exitCode = status === 0 ? 0 : 1;
