import { countOf } from '../parts/figures.ts';

const MINUTE_MS = 60_000;

/** For reading, so to the unit that matters: `40 seconds`, `12 minutes`, `5 hours`, `3 days`. */
export function formatDuration(durationMs: number): string {
  const minutes = durationMs / MINUTE_MS;
  if (minutes < 2) return countOf(Math.max(0, Math.round(durationMs / 1000)), 'second');
  if (minutes < 120) return countOf(Math.round(minutes), 'minute');
  if (minutes < 48 * 60) return countOf(Math.round(minutes / 60), 'hour');
  return countOf(Math.round(minutes / 60 / 24), 'day');
}
