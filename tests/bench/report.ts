import { execFileSync } from 'node:child_process';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import type { Measured } from './measure-load.ts';
import type { PgbenchMeasured } from './pgbench.ts';

export interface Growth {
  /** Payments stored when it was measured. */
  readonly stored: number;
  readonly measured: Measured;
}

export interface BenchReport {
  readonly measuredOn: { readonly machine: string; readonly disk: string; readonly node: string; readonly at: string };
  readonly isQuick: boolean;
  readonly baselines: readonly Measured[];
  readonly payments: readonly Measured[];
  /** A transaction of its own for each operation. */
  readonly withoutGroupCommit: readonly Measured[];
  readonly storage: { readonly payments: number; readonly bytesPerPayment: number };
  readonly growth: readonly Growth[];
  readonly pgbench: readonly PgbenchMeasured[] | undefined;
  /** Payments per second by calls per second to an object that does nothing, at the same number in flight. */
  readonly ratios: readonly { readonly inFlight: number; readonly ratio: number; readonly byProcessorTime?: number }[];
}

export function describeMachine(): BenchReport['measuredOn'] {
  const [cpu] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${memoryGb} GB, ${type()} ${release()}`,
    disk: describeDisk(),
    node: process.version,
    at: new Date().toISOString(),
  };
}

/** The file system that the data of the bench is on: one in memory would say nothing of commits. */
function describeDisk(): string {
  try {
    const [, line = ''] = execFileSync('df', ['-T', tmpdir()], { encoding: 'utf8' }).split('\n');
    return line.split(/\s+/).slice(0, 2).join(', ');
  } catch {
    return 'unknown';
  }
}

export function computeRatios(payments: readonly Measured[], baselines: readonly Measured[]): BenchReport['ratios'] {
  return payments.flatMap((payment) => {
    const object = baselines.find(
      ({ name, inFlight }) => name === 'object that does nothing' && inFlight === payment.inFlight,
    );
    if (!object) return [];
    const ratio = payment.perSecond / object.perSecond;
    const { serverMicroseconds } = payment;
    return object.serverMicroseconds && serverMicroseconds
      ? [{ inFlight: payment.inFlight, ratio, byProcessorTime: object.serverMicroseconds / serverMicroseconds }]
      : [{ inFlight: payment.inFlight, ratio }];
  });
}

/** For a terminal: what was measured, on what, and what it comes to. */
export function formatReport(report: BenchReport): string {
  const { measuredOn, baselines, payments, withoutGroupCommit, growth, pgbench, ratios, storage } = report;
  const grown = growth.map(({ stored, measured }) => ({ ...measured, name: `payment, ${format(stored)} stored` }));
  const rows = [
    ['', 'in flight', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'server µs', 'generator'],
    ...[...baselines, ...payments, ...withoutGroupCommit, ...grown].map(formatMeasured),
    ...(pgbench ?? []).map(({ inFlight, perSecond, meanMs }) => [
      'pgbench TPC-B',
      String(inFlight),
      format(perSecond),
      `${meanMs.toFixed(1)} mean`,
      '',
      '',
      '',
      '',
    ]),
  ];
  const lines = [
    `Measured on ${measuredOn.machine}; ${measuredOn.disk}; Node ${measuredOn.node}; ${measuredOn.at}`,
    '',
    ...formatTable(rows),
    '',
    ...ratios.map(
      ({ inFlight, ratio, byProcessorTime }) =>
        `A payment runs at ${ratio.toFixed(2)} of the rate of an object that does nothing, ${inFlight} in flight` +
        `${byProcessorTime === undefined ? '' : ` (${byProcessorTime.toFixed(2)} by the server's processor time)`}.`,
    ),
    `A payment takes ${Math.round(storage.bytesPerPayment)} bytes of storage (mean of ${format(storage.payments)}).`,
    ...(pgbench ? [] : ['No PostgreSQL here to measure beside.']),
  ];
  return lines.join('\n');
}

function formatMeasured(measured: Measured): string[] {
  const { name, inFlight, perSecond, p50Ms, p95Ms, p99Ms, serverMicroseconds, generatorLoad } = measured;
  return [
    name,
    String(inFlight),
    format(perSecond),
    p50Ms.toFixed(2),
    p95Ms.toFixed(2),
    p99Ms.toFixed(2),
    serverMicroseconds === undefined ? '' : format(serverMicroseconds),
    `${Math.round(generatorLoad * 100)} %`,
  ];
}

export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
}

function format(value: number): string {
  return Math.round(value).toLocaleString('en');
}
