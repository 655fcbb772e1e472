import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeOffline } from '../../../pos-pwa/offline/describe-offline.ts';
import type { OfflineView } from '../../../pos-pwa/offline/offline-access.ts';
import type { Currency } from '../../../shared/protocol/currency.ts';

const NOW_MS = new Date(2026, 10, 23, 9, 0).getTime();
const EUR = { code: 'EUR', exponent: 2 } as Currency;
const rests: OfflineView = {
  room: { leftMinor: 50_000, untilMs: NOW_MS + 3_600_000 },
  unsettled: { count: 0, amountMinor: 0 },
  handingIn: undefined,
  newsCount: 0,
};
const full: OfflineView = { ...rests, room: { leftMinor: 0, untilMs: NOW_MS } };

function say(view: OfflineView, isOnline: boolean, isAgreed = true): string | undefined {
  return describeOffline(view, { isOnline, isAgreed }, EUR, NOW_MS);
}

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

describe('the line beside the state of the network', () => {
  it('says what can be taken without a network, and until when, with one and without', () => {
    expect(say(rests, true)).toMatch(/^without network up to €500\.00 until .*10:00/);
    expect(say(rests, false)).toMatch(/^takes up to €500\.00 until .*10:00/);
  });

  it('says that nothing can, where that is so', () => {
    expect(say(full, true)).toBe('without network nothing just now');
    expect(say(full, false)).toBe('Only customers with a network can pay');
    expect(say({ ...rests, room: undefined }, false)).toBe('Only customers with a network can pay');
  });

  it('says nothing to a shop that has a network and did not agree, or while nobody has counted yet', () => {
    expect(say(full, true, false)).toBeUndefined();
    expect(say({ ...rests, room: undefined }, true)).toBeUndefined();
  });

  it('names a longer drain first', () => {
    expect(say({ ...rests, handingIn: { done: 3, total: 12 } }, true)).toBe('Handing in 3 of 12');
    expect(say({ ...rests, handingIn: { done: 1, total: 2 } }, true)).toMatch(/^without network/);
  });
});
