import type { HistoryEntry } from '../history/history-entry.ts';
import { formatTime } from '../parts/format-moment.ts';
import { say } from '../texts.ts';

/**
 * How old a balance is. After a payment of which the centre has not heard, the figure is this phone's own: it was not checked as it
 * stands there.
 */
export function checkedWords(syncedAtMs: number, entries: readonly HistoryEntry[]): string {
  const isPaidSince = entries.some(({ status, atMs }) => status === 'checking' && atMs > syncedAtMs);
  return say(isPaidSince ? 'home.not-checked' : 'home.checked', { time: formatTime(syncedAtMs) });
}
