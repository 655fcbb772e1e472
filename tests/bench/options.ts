import { parseArgs } from 'node:util';
import { OFFLINE_QUICK, OFFLINE_WHOLE, type OfflineOptions } from './offline/options.ts';
import type { OpticalOptions } from './optical/options.ts';

/** What one run does. The whole bench takes some ten minutes, a quick one two. */
export interface BenchOptions {
  readonly isQuick: boolean;
  /** Where the numbers go besides the screen. */
  readonly jsonFile: string;
  /** Also writes where the server's time goes, function by function. */
  readonly hasProfile: boolean;
  /** Measures the scanner instead of the server. */
  readonly optical: OpticalOptions | undefined;
  /** Measures offline payments instead. */
  readonly offline: OfflineOptions | undefined;
  /** How many payments are stored when the rate is measured again. */
  readonly storedSizes: readonly number[];
  /** Payments per measurement, by how many are in flight. */
  readonly payments: Readonly<Record<number, number>>;
  /** Calls per measurement of what does nothing. */
  readonly calls: Readonly<Record<number, number>>;
}

export const IN_FLIGHT = [1, 32, 128] as const;

export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      json: { type: 'string' },
      optical: { type: 'boolean', default: false },
      offline: { type: 'boolean', default: false },
      showings: { type: 'string', default: '200' },
      rhythm: { type: 'string', default: '250' },
      regeneration: { type: 'string', default: '0' },
      slowness: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      pictures: { type: 'string' },
    },
  });
  const { quick: isQuick, profile: hasProfile } = values;
  const jsonFile = values.json ?? defaultFileOf(values);
  const optical = values.optical
    ? {
        showings: readNumber('showings', values.showings),
        rhythmMs: readNumber('rhythm', values.rhythm),
        regenerationMs: readNumber('regeneration', values.regeneration),
        slowness: readNumber('slowness', values.slowness),
        only: values.only,
        picturesFolder: values.pictures,
      }
    : undefined;
  const offline = values.offline ? { ...(isQuick ? OFFLINE_QUICK : OFFLINE_WHOLE), only: values.only } : undefined;
  const whole = {
    storedSizes: [1_000, 100_000, 1_000_000],
    payments: { 1: 2_000, 32: 8_000, 128: 8_000 },
    calls: { 1: 5_000, 32: 40_000, 128: 40_000 },
  };
  const quick = {
    storedSizes: [1_000, 20_000],
    payments: { 1: 400, 32: 2_000, 128: 2_000 },
    calls: { 1: 1_000, 32: 8_000, 128: 8_000 },
  };
  return { isQuick, jsonFile, hasProfile, optical, offline, ...(isQuick ? quick : whole) };
}

function defaultFileOf({ optical, offline }: { optical: boolean; offline: boolean }): string {
  if (optical) return 'dist/bench-optical.json';
  return offline ? 'dist/bench-offline.json' : 'dist/bench.json';
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, not "${text}".`);
  return value;
}
