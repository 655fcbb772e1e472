import { describe, expect, it } from 'vitest';
import { decideSlowedUntilMs, TRIES_FREE } from '../../../edge/ledger/refused-tries.ts';

const NOW_MS = 1_000_000_000;

/** So many tries, a second apart, the newest now. */
function tries(count: number, newestAtMs = NOW_MS): number[] {
  return Array.from({ length: count }, (_, index) => newestAtMs - index * 1000);
}

describe('the wait after refused tries', () => {
  it.each([
    [0, undefined],
    [TRIES_FREE - 1, undefined],
    [TRIES_FREE, 2_000],
    [TRIES_FREE + 1, 4_000],
    [TRIES_FREE + 2, 8_000],
    [TRIES_FREE + 7, 256_000],
    [TRIES_FREE + 8, 300_000],
    [TRIES_FREE + 11, 300_000],
  ])('after %i of them is %s ms', (count, delayMs) => {
    expect(decideSlowedUntilMs(tries(count), NOW_MS)).toBe(delayMs === undefined ? undefined : NOW_MS + delayMs);
  });

  it('forgets those of ten minutes ago', () => {
    const old = tries(10, NOW_MS - 600_000);
    expect(decideSlowedUntilMs(old, NOW_MS)).toBeUndefined();
    expect(decideSlowedUntilMs([NOW_MS - 1, ...old], NOW_MS)).toBeUndefined();
  });
});
