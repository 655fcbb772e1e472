import { describe, expect, it } from 'vitest';
import { isTillAway, TILL_AWAY_AFTER_MS, tryInMs } from '../../../wallet-pwa/payment/till-away.ts';

describe('a till', () => {
  it('is away once the centre has not known its request for three seconds, not a moment before', () => {
    expect(TILL_AWAY_AFTER_MS).toBe(3_000);
    expect(isTillAway(10_000, 12_999)).toBe(false);
    expect(isTillAway(10_000, 13_000)).toBe(true);
  });

  it('is not away while the centre has said nothing of it', () => {
    expect(isTillAway(undefined, 1e9)).toBe(false);
  });
});

describe('the next try', () => {
  it('comes as planned, but not later than when the till counts as away', () => {
    expect(tryInMs(5_000, [], 0)).toBe(5_000);
    expect(tryInMs(5_000, [10_000, 11_000], 12_000)).toBe(1_000);
    expect(tryInMs(700, [10_000], 11_000)).toBe(700);
  });

  it('is not hurried for a till that counts as away already', () => {
    expect(tryInMs(5_000, [10_000], 13_000)).toBe(5_000);
  });
});
