import { describe, expect, it } from 'vitest';
import { isQuickTry, quickDelayMs } from '../../../wallet-pwa/payment/quick-tries.ts';

describe('waiting before the same documents are handed in again', () => {
  it('grows, and stays at half a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((attempt) => quickDelayMs(attempt, 0.5));
    expect(delays).toEqual([700, 1_500, 3_000, 5_000, 8_000, 15_000, 30_000, 30_000, 30_000]);
  });

  it('is quick for the first seven', () => {
    expect([1, 7, 8].map(isQuickTry)).toEqual([true, true, false]);
  });

  it('is spread by chance, by at most 15 % either way', () => {
    expect(quickDelayMs(7, 0)).toBe(25_500);
    expect(quickDelayMs(7, 0.999_999)).toBeLessThanOrEqual(34_500);
  });
});
