import { describe, expect, it } from 'vitest';
import {
  decideSlowedUntilMs,
  decideTerminalSlowedUntilMs,
  type SlowingTry,
  TRIES_FREE,
} from '../../../../edge/ledger/pay-codes/refused-tries.ts';
import type { MerchantNo, TerminalId } from '../../../../shared/protocol/identifiers.ts';

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

describe('the wait at one till', () => {
  const [one, two] = ['TILL0001', 'TILL0002'] as TerminalId[];

  /** So many tries at one till, a second apart, the newest now. */
  function triesAt(terminalId: TerminalId | undefined, merchantNo: string, count: number): SlowingTry[] {
    return tries(count).map((atMs) => ({ terminalId: terminalId!, merchantNo: merchantNo as MerchantNo, atMs }));
  }

  it.each<[string, SlowingTry[], number | undefined]>([
    ['is of the tries made there', triesAt(one, 'A', TRIES_FREE + 1), 4_000],
    ['is not of those at another till of the shop', triesAt(two, 'A', 12), undefined],
    ['is not of those at another shop', triesAt(two, 'B', 12), undefined],
    [
      'is not of those at several tills of one other shop, nor with few at the own',
      [...triesAt(two, 'B', 6), ...triesAt('TILL0003' as TerminalId, 'B', 6)],
      undefined,
    ],
    [
      'is of those at several shops, each with no more than is free',
      [...triesAt(two, 'B', 8), ...triesAt('TILL0003' as TerminalId, 'C', 8)],
      16_000,
    ],
    ['is the longer of both', [...triesAt(one, 'A', TRIES_FREE + 3), ...triesAt(two, 'B', 1)], 16_000],
  ])('%s', (_words, known, delayMs) => {
    const untilMs = decideTerminalSlowedUntilMs(known, one!, NOW_MS);
    expect(untilMs).toBe(delayMs === undefined ? undefined : NOW_MS + delayMs);
  });
});
