import type { HistoryEntry } from './history-entry.ts';

export interface HistoryDay {
  /** `2026-11-21` in the phone's own time zone. */
  readonly day: string;
  readonly atMs: number;
  readonly entries: readonly HistoryEntry[];
}

/** Keeps the order of `entries`; a day begins where the date changes. What is being checked belongs to today. */
export function groupByDay(entries: readonly HistoryEntry[], timeZone?: string): readonly HistoryDay[] {
  const days = new Map<string, { atMs: number; entries: HistoryEntry[] }>();
  for (const entry of entries) {
    const day = dayOf(entry.atMs, timeZone);
    const known = days.get(day);
    if (known) known.entries.push(entry);
    else days.set(day, { atMs: entry.atMs, entries: [entry] });
  }
  return [...days].map(([day, { atMs, entries }]) => ({ day, atMs, entries }));
}

/** Calendar day, as ISO 8601 writes it. */
export function dayOf(atMs: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone && { timeZone }),
  });
  return parts.format(atMs);
}
