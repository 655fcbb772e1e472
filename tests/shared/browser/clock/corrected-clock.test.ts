import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrectedClock } from '../../../../shared/browser/clock/corrected-clock.ts';

/** A device whose two clocks the test moves. */
function createDevice(wallMs = 1_000_000, monotonicMs = 500) {
  return {
    wall: wallMs,
    monotonic: monotonicMs,
    wallMs() {
      return this.wall;
    },
    monotonicMs() {
      return this.monotonic;
    },
    pass(elapsedMs: number) {
      this.wall += elapsedMs;
      this.monotonic += elapsedMs;
    },
  };
}

describe('CorrectedClock', () => {
  it('is the wall clock until the first sync', () => {
    const device = createDevice();
    const clock = new CorrectedClock(undefined, device);
    expect(clock.hasSynced).toBe(false);
    device.pass(1234);
    expect(clock.nowMs()).toBe(1_001_234);
  });

  it('takes the centre to have looked at its clock halfway through the call', () => {
    const device = createDevice();
    const clock = new CorrectedClock(undefined, device);
    const sentAtMs = device.monotonic;
    device.pass(200);
    const correction = clock.sync(9_000_000, { sentAtMs, receivedAtMs: device.monotonic });
    expect(clock.nowMs()).toBe(9_000_100);
    expect(correction?.toleranceMs).toBe(100);
  });

  it('counts the time between the answer and its reading', () => {
    const device = createDevice();
    const clock = new CorrectedClock(undefined, device);
    const receivedAtMs = device.monotonic;
    device.pass(40);
    clock.sync(9_000_000, { sentAtMs: receivedAtMs, receivedAtMs });
    expect(clock.nowMs()).toBe(9_000_040);
  });

  it('keeps a good measurement against a slow one, and takes any after ten minutes', () => {
    const device = createDevice();
    const clock = new CorrectedClock(undefined, device);
    clock.sync(9_000_000, { sentAtMs: 500, receivedAtMs: 500 });
    expect(clock.sync(9_999_999, { sentAtMs: 400, receivedAtMs: 500 })).toBeUndefined();
    expect(clock.nowMs()).toBe(9_000_000);
    device.pass(11 * 60_000);
    const at = device.monotonic;
    expect(clock.sync(9_800_000, { sentAtMs: at - 100, receivedAtMs: at })).toBeDefined();
    expect(clock.nowMs()).toBe(9_800_050);
  });

  it('goes on when the person sets the wall clock back', () => {
    const device = createDevice();
    const clock = new CorrectedClock(undefined, device);
    clock.sync(9_000_000, { sentAtMs: 500, receivedAtMs: 500 });
    device.pass(1000);
    device.wall -= 3_600_000;
    device.pass(1000);
    expect(clock.nowMs()).toBe(9_002_000);
  });

  it('counts the sleep of a device whose monotonic clock stood still', () => {
    const device = createDevice();
    const clock = new CorrectedClock(undefined, device);
    clock.sync(9_000_000, { sentAtMs: 500, receivedAtMs: 500 });
    device.wall += 60_000;
    expect(clock.nowMs()).toBe(9_060_000);
  });

  it('is corrected by what an earlier run saved', () => {
    const clock = new CorrectedClock({ offsetMs: -5000, toleranceMs: 30, syncedAtWallMs: 0 }, createDevice());
    expect(clock.hasSynced).toBe(true);
    expect(clock.nowMs()).toBe(995_000);
  });

  it('never runs backwards between syncs, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(10_000), fc.integer({ min: -1e7, max: 1e7 }))), (steps) => {
        const device = createDevice();
        const clock = new CorrectedClock(undefined, device);
        let lastMs = clock.nowMs();
        for (const [elapsedMs, jumpMs] of steps) {
          device.pass(elapsedMs);
          device.wall += jumpMs;
          const nowMs = clock.nowMs();
          expect(nowMs).toBeGreaterThanOrEqual(lastMs);
          lastMs = nowMs;
        }
      }),
    );
  });
});
