import { type BenchReport, formatTable } from '../report.ts';
import type { PicturesMeasured } from './measure-pictures.ts';
import type { OpticalOptions } from './options.ts';

/** One reader at one kind of twin code and one size of picture. */
export interface OpticalMeasured {
  readonly picture: string;
  readonly mode: string;
  readonly payloadBytes: number;
  readonly contestant: string;
  readonly showings: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
  readonly wrongReads: number;
  readonly decodeMsPerFrame: number;
  readonly decodeMsMax: number;
}

export interface OpticalReport {
  readonly measuredOn: BenchReport['measuredOn'];
  readonly options: OpticalOptions;
  readonly measured: readonly OpticalMeasured[];
  readonly pictures: readonly PicturesMeasured[];
}

export function formatOpticalReport({ measuredOn, options, measured, pictures }: OpticalReport): string {
  const { showings, rhythmMs, regenerationMs, slowness } = options;
  const rows = [
    ['', 'picture', 'showings', 'median s', 'p95 s', 'p99 s', 'failures', 'wrong', 'ms a frame', 'longest'],
    ...measured.map((one) => [
      `${one.mode} ${one.payloadBytes}, ${one.contestant}`,
      one.picture,
      String(one.showings),
      seconds(one.medianMs),
      seconds(one.p95Ms),
      seconds(one.p99Ms),
      `${one.failures} (${((100 * one.failures) / one.showings).toFixed(1)} %)`,
      String(one.wrongReads),
      one.decodeMsPerFrame.toFixed(1),
      one.decodeMsMax.toFixed(0),
    ]),
  ];
  const pictureRows = [
    ['', 'pictures', 'read', 'wrong'],
    ...pictures.map(({ set, contestant, ...one }) => [
      `${set}, ${contestant}`,
      String(one.pictures),
      String(one.read),
      String(one.wrong),
    ]),
  ];
  return [
    `Measured on ${measuredOn.machine}; Node ${measuredOn.node}; ${measuredOn.at}`,
    `${showings} showings each, ${rhythmMs} ms a code, ${regenerationMs > 0 ? `a new pair every ${regenerationMs} ms` : 'one pair'}` +
      `${slowness === 1 ? '' : `, decoding ${slowness} times slower than here`}`,
    '',
    ...formatTable(rows),
    ...(pictures.length > 0 ? ['', ...formatTable(pictureRows)] : []),
  ].join('\n');
}

/** A failure counts as longer than any success: it may stand at the 95th of a hundred. */
export function percentile(sortedMs: readonly number[], share: number): number {
  return sortedMs[Math.min(sortedMs.length - 1, Math.ceil(sortedMs.length * share) - 1)] ?? Number.POSITIVE_INFINITY;
}

function seconds(ms: number): string {
  return Number.isFinite(ms) ? (ms / 1000).toFixed(2) : 'never';
}
