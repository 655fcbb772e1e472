import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { checkedWords } from '../../../wallet-pwa/cards/checked-words.ts';
import type { HistoryEntry } from '../../../wallet-pwa/history/history-entry.ts';

const SYNCED_AT_MS = Date.UTC(2026, 10, 21, 12);

function payment(entry: Pick<HistoryEntry, 'status' | 'atMs'>): HistoryEntry {
  return { id: 'a', kind: 'payment', accountNumber: 'lunch' as AccountNumber, amountMinor: -500, ...entry };
}

describe('how old a balance is', () => {
  beforeEach(() => vi.stubGlobal('document', { documentElement: { lang: 'en-GB' } }));
  afterEach(() => vi.unstubAllGlobals());

  it('is when the centre was asked last', () => {
    expect(checkedWords(SYNCED_AT_MS, [])).toMatch(/^Checked /);
    expect(checkedWords(SYNCED_AT_MS, [payment({ status: 'done', atMs: SYNCED_AT_MS + 1 })])).toMatch(/^Checked /);
    expect(checkedWords(SYNCED_AT_MS, [payment({ status: 'checking', atMs: SYNCED_AT_MS - 1 })])).toMatch(/^Checked /);
  });

  it('is since when it was not asked, once something was paid that it has not heard of', () => {
    const entries = [payment({ status: 'checking', atMs: SYNCED_AT_MS + 1 })];
    expect(checkedWords(SYNCED_AT_MS, entries)).toMatch(/^Not checked since /);
  });
});
