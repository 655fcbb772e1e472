import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BucketState,
  bucketFullAtMs,
  giveBackToBucket,
  takeFromBucket,
} from '../../../edge/security/token-bucket.ts';

const policy = { capacity: 3, refillSeconds: 10 };

function takeAll(timesMs: readonly number[]): number {
  let state: BucketState | undefined;
  let taken = 0;
  for (const nowMs of timesMs) {
    const next = takeFromBucket(state, policy, nowMs);
    if (next) {
      state = next;
      taken += 1;
    }
  }
  return taken;
}

describe('a bucket of tries', () => {
  it('gives its capacity at once, then one more each so many seconds', () => {
    expect(takeAll([0, 0, 0, 0, 0])).toBe(3);
    expect(takeAll([0, 0, 0, 9_999])).toBe(3);
    expect(takeAll([0, 0, 0, 10_000, 10_000])).toBe(4);
    expect(takeAll([0, 0, 0, 1_000_000, 1_000_000, 1_000_000, 1_000_000])).toBe(6);
  });

  it('never gives more than capacity and refill, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 60 }), (times) => {
        const ordered = times.toSorted((left, right) => left - right);
        const spanSeconds = ((ordered.at(-1) ?? 0) - (ordered[0] ?? 0)) / 1000;
        expect(takeAll(ordered)).toBeLessThanOrEqual(policy.capacity + spanSeconds / policy.refillSeconds + 1e-6);
      }),
    );
  });

  it('fills nothing and takes nothing when the clock is set back', () => {
    const state = takeFromBucket(undefined, policy, 1_000_000)!;
    expect(takeFromBucket(state, policy, 0)!.tokens).toBe(1);
  });

  it('takes a try back, and is never fuller than full', () => {
    const once = takeFromBucket(undefined, policy, 0)!;
    const twice = takeFromBucket(once, policy, 0)!;
    expect(giveBackToBucket(twice, policy, 0)).toEqual(once);
    expect(giveBackToBucket(once, policy, 0).tokens).toBe(3);
    expect(giveBackToBucket(once, policy, 50_000).tokens).toBe(3);
  });

  it('is as good as unknown once it is full again', () => {
    const state = takeFromBucket(undefined, policy, 0)!;
    expect(bucketFullAtMs(state, policy)).toBe(10_000);
  });
});
