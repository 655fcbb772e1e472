import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { buildSite } from '../../edge/serve/build-site.ts';
import { projectRoot } from '../../edge/serve/project-paths.ts';
import { fillBooks, readStorageBytes } from './fill-books.ts';
import { encodeCall } from './http-connection.ts';
import { type Measured, measureLoad } from './measure-load.ts';
import { BASELINES, type Baseline, measurePayments } from './measure-payments.ts';
import { formatOfflineReport } from './offline/offline-report.ts';
import type { OfflineOptions } from './offline/options.ts';
import { measureOffline } from './offline/run-offline.ts';
import { type Bench, openBench } from './open-bench.ts';
import { formatOpticalReport } from './optical/optical-report.ts';
import type { OpticalOptions } from './optical/options.ts';
import { measureOptics } from './optical/run-optical.ts';
import { type BenchOptions, IN_FLIGHT, parseBenchOptions } from './options.ts';
import { measurePgbench } from './pgbench.ts';
import { profilePayments } from './profile-payments.ts';
import { type BenchReport, computeRatios, describeMachine, formatReport, type Growth } from './report.ts';

/**
 * `npm run bench`: the built worker in plain workerd on a disk, under load from this process. What is compared is measured in
 * the same run on the same server. `--quick` for a look, `--profile` to see where the time goes.
 *
 * With `--optical` the scanner instead, without a server: `--showings N` (200), `--rhythm MS` (250), `--regeneration MS` (0: one
 * pair), `--slowness N` (1: a device as fast as this one), `--only NAME` (one reader), `--pictures DIR` (single pictures besides).
 *
 * With `--offline` what is paid without network: the codes, the till, and everybody coming back at once (`--only codes`, `verification`,
 * `acceptance`, `drain`).
 */
const options = parseBenchOptions(process.argv.slice(2));
if (options.optical) await runOptical(options.optical);
else if (options.offline) await runOffline(options.offline);
else await runPayments();

async function runPayments(): Promise<void> {
  await buildSite();
  say('Starting, enrolling tills and wallets …');
  const report = await measure(options);
  await saveJson(options.jsonFile, report);
  console.log(`\n${formatReport(report)}\n\nNumbers in ${options.jsonFile}.`);
  if (options.hasProfile) console.log(`\n${await profilePayments(options)}`);
}

async function runOptical(optical: OpticalOptions): Promise<void> {
  const report = await measureOptics(optical, say);
  await saveJson(options.jsonFile, report);
  console.log(`\n${formatOpticalReport(report)}\n\nNumbers in ${options.jsonFile}.`);
}

async function runOffline(offline: OfflineOptions): Promise<void> {
  await buildSite();
  const report = await measureOffline(offline, say);
  await saveJson(options.jsonFile, report);
  console.log(`\n${formatOfflineReport(report)}\n\nNumbers in ${options.jsonFile}.`);
}

async function measure({ isQuick, storedSizes, payments, calls }: BenchOptions): Promise<BenchReport> {
  const bench = await openBench();
  try {
    await warmUp(bench, storedSizes[0]!);
    const first = told(await measurePayments(bench, payments[32]!, 32, 'payment'));
    const baselines: Measured[] = [];
    const paid: Measured[] = [];
    const bytesBefore = await readStorageBytes(bench);
    // In turn, so that what else the machine does falls on all of them alike.
    for (const inFlight of IN_FLIGHT) {
      for (const baseline of Object.keys(BASELINES) as Baseline[])
        baselines.push(await measureBaseline(bench, baseline, calls[inFlight]!, inFlight));
      paid.push(told(await measurePayments(bench, payments[inFlight]!, inFlight)));
    }
    const count = paid.reduce((sum, measured) => sum + measured.count, 0);
    const bytesPerPayment = ((await readStorageBytes(bench)) - bytesBefore) / count;
    const withoutGroupCommit = await measureWithoutGroupCommit(payments, storedSizes[0]!);
    const stored = storedSizes[0]! + first.count + count;
    const growth = [
      { stored: storedSizes[0]!, measured: first },
      ...(await measureGrowth(bench, storedSizes.slice(1), payments[32]!, stored)),
    ];
    say('pgbench …');
    const pgbench = await measurePgbench(isQuick ? 3 : 10);
    return {
      measuredOn: describeMachine(),
      isQuick,
      baselines,
      payments: paid,
      withoutGroupCommit,
      storage: { payments: count, bytesPerPayment },
      growth,
      pgbench,
      ratios: computeRatios(paid, baselines),
    };
  } finally {
    await bench.close();
  }
}

/** The first thousand: code gets compiled, and the books are no longer empty. */
async function warmUp(bench: Bench, count: number): Promise<void> {
  await measurePayments(bench, count, 32);
  for (const baseline of Object.keys(BASELINES) as Baseline[]) await measureBaseline(bench, baseline, 2_000, 32);
}

async function measureBaseline(bench: Bench, baseline: Baseline, count: number, inFlight: number): Promise<Measured> {
  const call = encodeCall(bench.server.origin, 'GET', BASELINES[baseline]);
  const task = { calls: [call], check: () => undefined };
  const tasks = Array.from({ length: count }, () => task);
  return told(await measureLoad(baseline, bench.server, tasks, inFlight));
}

/** On a server of its own, with books as young as those it is compared with were. */
async function measureWithoutGroupCommit(payments: BenchOptions['payments'], warmUpCount: number): Promise<Measured[]> {
  const bench = await openBench({ GROUP_COMMIT: '0' });
  try {
    await warmUp(bench, warmUpCount);
    const measured: Measured[] = [];
    for (const inFlight of IN_FLIGHT)
      measured.push(told(await measurePayments(bench, payments[inFlight]!, inFlight, 'payment, a commit each')));
    return measured;
  } finally {
    await bench.close();
  }
}

/** The same load on ever larger books. @param stored how many payments there are already */
async function measureGrowth(
  bench: Bench,
  storedSizes: readonly number[],
  count: number,
  stored: number,
): Promise<Growth[]> {
  const growth: Growth[] = [];
  let there = stored;
  let filled = 0;
  for (const size of storedSizes) {
    if (size > there) {
      say(`Filling the books up to ${size} payments …`);
      await fillBooks(bench, filled, filled + size - there);
      filled += size - there;
      there = size;
    }
    const measured = told(await measurePayments(bench, count, 32, `payment, ${there} stored`));
    growth.push({ stored: there, measured });
    there += count;
  }
  return growth;
}

async function saveJson(file: string, content: object): Promise<void> {
  const path = resolve(projectRoot, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
}

function told(measured: Measured): Measured {
  say(`${measured.name}, ${measured.inFlight} in flight: ${Math.round(measured.perSecond)} per second`);
  return measured;
}

function say(text: string): void {
  console.error(text);
}
