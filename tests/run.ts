import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * `npm test`: every check there is, the quick ones first, and nothing after the first that fails. The last line sums up
 * all tests that ran, `N passed, N failed`; a failed step that is no test counts as one.
 */
const root = resolve(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'test-reports-'));

type Counts = { passed: number; failed: number; skipped: number };
type Step = { title: string; script: string; args?: readonly string[]; report?: { file: string; read: ReportReader } };
type ReportReader = (report: unknown) => Counts;

const vitestReport = join(reports, 'vitest.json');
const builtReport = join(reports, 'built.json');
const simulatedReport = join(reports, 'simulated.json');
const browserReport = join(reports, 'browser.json');

const steps: readonly Step[] = [
  { title: 'Types', script: 'types' },
  { title: 'Lint', script: 'lint' },
  {
    title: 'Unit tests, and the worker’s inside workerd',
    script: 'test:unit',
    args: ['--project', 'worker', ...vitestJson(vitestReport)],
    report: { file: vitestReport, read: readVitestReport },
  },
  {
    title: 'Offline payments, simulated with everything going wrong',
    script: 'simulate',
    args: ['--seeds', '250', '--report', simulatedReport],
    report: { file: simulatedReport, read: (report) => ({ skipped: 0, ...(report as Omit<Counts, 'skipped'>) }) },
  },
  { title: 'Build', script: 'build' },
  {
    title: 'Tests of what was built',
    script: 'test:built',
    args: vitestJson(builtReport),
    report: { file: builtReport, read: readVitestReport },
  },
  {
    title: 'Browser tests',
    script: 'test:e2e',
    args: ['--reporter=list,json'],
    report: { file: browserReport, read: readPlaywrightReport },
  },
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
process.exitCode = 0;
for (const step of steps) {
  const startedAtMs = Date.now();
  console.log(`\n── ${step.title} ──`);
  const hasPassed = runScript(step.script, step.args ?? []);
  const counts = step.report ? readReport(step.report) : undefined;
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts?.[key] ?? 0;
  if (!hasPassed) {
    if (!counts?.failed) total.failed += 1;
    process.exitCode = 1;
    console.log(`\n── Failed: ${step.title} (npm run ${step.script}) ──`);
    break;
  }
  console.log(`── ${step.title}: fine, ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s ──`);
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);

function runScript(script: string, args: readonly string[]): boolean {
  // The npm that runs this, under the Node that runs this; `npm` on the path may be a script for another shell.
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport };
  const { status } = spawnSync(command, [...first, 'run', '--silent', script, '--', ...args], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  return status === 0;
}

function readReport({ file, read }: { file: string; read: ReportReader }): Counts | undefined {
  return existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function vitestJson(file: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

function readVitestReport(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests } = report as Record<
    string,
    number
  >;
  // A file that does not load has no tests to fail, and is counted itself.
  const failed = numFailedTests || numFailedTestSuites || 0;
  return { passed: numPassedTests ?? 0, failed, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0) };
}

function readPlaywrightReport(report: unknown): Counts {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
