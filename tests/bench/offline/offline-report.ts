import type { Measured } from '../measure-load.ts';
import { type BenchReport, formatTable } from '../report.ts';
import type { AcceptanceMeasured } from './measure-acceptance.ts';
import type { AllowanceCost } from './measure-allowance-cost.ts';
import type { CodeSize } from './measure-codes.ts';
import type { Drained } from './measure-drain.ts';
import type { VerificationMeasured } from './measure-verification.ts';

export interface OfflineReport {
  readonly measuredOn: BenchReport['measuredOn'];
  readonly codes: readonly CodeSize[];
  readonly verification: readonly VerificationMeasured[];
  readonly acceptance: readonly AcceptanceMeasured[];
  /** An object that does nothing, in the same run and on the same server. */
  readonly nothing: Measured | undefined;
  readonly drained: readonly Drained[];
  readonly cost: AllowanceCost | undefined;
}

/** For a terminal: what was measured, on what, and what it comes to. */
export function formatOfflineReport(report: OfflineReport): string {
  const { measuredOn, codes, verification, acceptance, nothing, drained, cost } = report;
  const sections = [
    [`Measured on ${measuredOn.machine}; ${measuredOn.disk}; Node ${measuredOn.node}; ${measuredOn.at}`],
    formatCodes(codes),
    formatVerification(verification),
    acceptance.map(formatAcceptance),
    formatDrained(drained, nothing),
    cost ? formatCost(cost) : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function formatCodes(codes: readonly CodeSize[]): string[] {
  if (codes.length === 0) return [];
  const rows = codes.map(({ name, payloadBytes, codeChars, qrVersion }) => [
    name,
    String(payloadBytes),
    String(codeChars),
    String(qrVersion),
  ]);
  return formatTable([['code', 'bytes', 'characters a code', 'QR version'], ...rows]);
}

function formatVerification(verification: readonly VerificationMeasured[]): string[] {
  if (verification.length === 0) return [];
  const rows = verification.map(({ name, slowness, count, medianMs, p95Ms }) => [
    name,
    `${slowness}×`,
    String(count),
    medianMs.toFixed(1),
    p95Ms.toFixed(1),
  ]);
  return formatTable([['one payment on the till', 'slowed', 'times', 'median ms', 'p95 ms'], ...rows]);
}

function formatAcceptance({ slowness, count, medianMs, p95Ms, unread }: AcceptanceMeasured): string {
  return (
    `From the first frame of the customer's code to "accepted", ${slowness}× slowed: median ${Math.round(medianMs)} ms, ` +
    `p95 ${Math.round(p95Ms)} ms (${count} showings, ${unread} not read in 6 s).`
  );
}

function formatDrained(drained: readonly Drained[], nothing: Measured | undefined): string[] {
  if (drained.length === 0) return [];
  const rows = drained.map(({ tills, salesPerTill, salesPerSecond, waitMs, saleMs, lateShare, hangUps }) => [
    `${tills} × ${salesPerTill}`,
    salesPerSecond.toFixed(0),
    nothing ? (salesPerSecond / nothing.perSecond).toFixed(2) : '',
    ...[waitMs.p50, waitMs.p99, waitMs.max].map((ms) => (ms / 1000).toFixed(1)),
    saleMs.p50.toFixed(0),
    saleMs.p99.toFixed(0),
    `${(lateShare * 100).toFixed(1)} %`,
    String(hangUps),
  ]);
  const head = [
    'tills × sales',
    'sales per second',
    '÷ nothing',
    'till p50 s',
    'p99 s',
    'last s',
    'sale p50 ms',
    'p99 ms',
    'over 3 s',
    'hung up',
  ];
  const words = nothing
    ? [
        `An object that does nothing answers ${Math.round(nothing.perSecond)} calls per second, ${nothing.inFlight} in flight.`,
      ]
    : [];
  return [...formatTable([head, ...rows]), ...words];
}

function formatCost({ without, chained, ratio }: AllowanceCost): string[] {
  const processor =
    without.serverMicroseconds && chained.serverMicroseconds
      ? `; ${(chained.serverMicroseconds / without.serverMicroseconds).toFixed(2)} of the server's processor time`
      : '';
  return [
    `With a network, out of an allowance: ${Math.round(chained.perSecond)} payments per second beside ${Math.round(without.perSecond)} ` +
      `(${ratio.toFixed(2)}${processor}).`,
  ];
}
