import { describe, expect, it } from 'vitest';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { groupByDay } from '../../../wallet-pwa/history/group-by-day.ts';
import type { HistoryEntry } from '../../../wallet-pwa/history/history-entry.ts';

function entryAt(iso: string): HistoryEntry {
  const accountNumber = '1000010000000012' as AccountNumber;
  return { id: iso, kind: 'payment', status: 'done', accountNumber, amountMinor: -100, atMs: Date.parse(iso) };
}

describe('the list by days', () => {
  it('begins a day where the date changes on this phone, not in Greenwich', () => {
    const entries = [entryAt('2026-11-22T00:30:00Z'), entryAt('2026-11-21T23:30:00Z'), entryAt('2026-11-21T09:00:00Z')];
    const days = (zone: string) => groupByDay(entries, zone).map(({ day, entries }) => [day, entries.length]);
    expect(days('UTC')).toEqual([
      ['2026-11-22', 1],
      ['2026-11-21', 2],
    ]);
    expect(days('Europe/Berlin')).toEqual([
      ['2026-11-22', 2],
      ['2026-11-21', 1],
    ]);
  });

  it('of nothing is nothing', () => {
    expect(groupByDay([])).toEqual([]);
  });
});
