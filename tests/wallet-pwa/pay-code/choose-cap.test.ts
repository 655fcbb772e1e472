import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { capMaxOf, chooseCap, stepCap } from '../../../wallet-pwa/pay-code/choose-cap.ts';

const limits = { exponent: 2, availableMinor: 10_000, stepUpMinor: 5_000, amountMinorMax: 50_000 };

describe('the most a code may pay', () => {
  it('is 25.00 to begin with, or what is on the card, or what the programme allows at once: the smallest', () => {
    expect(chooseCap(limits)).toBe(2_500);
    expect(chooseCap({ ...limits, availableMinor: 840 })).toBe(840);
    expect(chooseCap({ ...limits, stepUpMinor: 1_000 })).toBe(1_000);
    expect(chooseCap({ ...limits, amountMinorMax: 500 })).toBe(500);
  });

  it('means 25 whole units in a currency without cents', () => {
    expect(chooseCap({ ...limits, exponent: 0 })).toBe(25);
  });

  it('is what was chosen last, within the same bounds', () => {
    expect(chooseCap(limits, 4_000)).toBe(4_000);
    expect(chooseCap({ ...limits, availableMinor: 1_800 }, 4_000)).toBe(1_800);
    expect(chooseCap(limits, 9_000)).toBe(5_000);
  });

  it('is not zero on a card that looks empty: money may have come in', () => {
    expect(chooseCap({ ...limits, availableMinor: 0 })).toBe(2_500);
    expect(chooseCap({ ...limits, availableMinor: -300 })).toBe(2_500);
  });

  it('goes up and down by amounts people think in', () => {
    const up = [500, 1_000, 2_500, 3_000, 4_000].map((cap) => stepCap(cap as AmountMinor, 1, limits));
    expect(up).toEqual([1_000, 1_500, 3_000, 4_000, 5_000]);
    const down = [5_000, 2_500, 500, 100].map((cap) => stepCap(cap as AmountMinor, -1, limits));
    expect(down).toEqual([4_000, 2_000, 400, 100]);
  });

  it('stops at all that is on the card on its way, and goes on above it', () => {
    const poor = { ...limits, availableMinor: 1_840 };
    expect(stepCap(1_500 as AmountMinor, 1, poor)).toBe(1_840);
    expect(stepCap(1_840 as AmountMinor, 1, poor)).toBe(2_000);
  });

  it('never leaves its bounds, and comes to an end both ways', () => {
    const anyLimits = fc.record({
      exponent: fc.integer({ min: 0, max: 3 }),
      availableMinor: fc.integer({ min: -1_000, max: 100_000_000 }),
      stepUpMinor: fc.integer({ min: 1, max: 100_000_000 }),
      amountMinorMax: fc.integer({ min: 1, max: 100_000_000 }),
    });
    fc.assert(
      fc.property(anyLimits, fc.constantFrom(1, -1), (any, direction) => {
        let cap = chooseCap(any);
        for (let steps = 0; steps < 200; steps++) {
          expect(Number.isSafeInteger(cap) && cap >= 1 && cap <= capMaxOf(any)).toBe(true);
          const next = stepCap(cap, direction as 1 | -1, any);
          if (next === cap) return true;
          expect(Math.sign(next - cap)).toBe(direction);
          cap = next;
        }
        return false;
      }),
    );
  });
});
