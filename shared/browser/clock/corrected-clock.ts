/** The device's two clocks. Both in milliseconds; `monotonicMs` has any origin. */
export interface DeviceClock {
  /** Date.now(): can be set by hand, but goes on while the device sleeps. */
  wallMs(): number;
  /** performance.now(): never set, but stands still in the sleep of some devices. */
  monotonicMs(): number;
}

/** What is kept between starts. */
export interface ClockCorrection {
  /** Centre's time less the device's wall clock at the last sync. */
  readonly offsetMs: number;
  /** Half the round trip of that sync: the offset is right within this. */
  readonly toleranceMs: number;
  readonly syncedAtWallMs: number;
}

interface Anchor extends ClockCorrection {
  readonly syncedAtMonotonicMs: number;
}

/** A better measurement replaces a worse one at once; after this long any does, because crystals drift. */
const CORRECTION_AGE_MS_MAX = 10 * 60_000;

/**
 * The centre's time, as well as this device knows it. Never runs backwards while the app is open.
 *
 * Time since the last sync is the larger of what both device clocks saw go by: the wall clock covers sleep, the monotonic
 * one covers a wall clock that was set back. One that was set forward looks like sleep; the next sync corrects it.
 */
export class CorrectedClock {
  readonly #device: DeviceClock;
  #anchor: Anchor;
  #lastMs = 0;

  constructor(
    saved?: ClockCorrection,
    device: DeviceClock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
  ) {
    this.#device = device;
    this.#anchor = {
      offsetMs: saved?.offsetMs ?? 0,
      toleranceMs: saved?.toleranceMs ?? Number.POSITIVE_INFINITY,
      syncedAtWallMs: device.wallMs(),
      syncedAtMonotonicMs: device.monotonicMs(),
    };
  }

  /** Now, by the centre's clock. Whole milliseconds. */
  nowMs(): number {
    const { offsetMs, syncedAtWallMs, syncedAtMonotonicMs } = this.#anchor;
    const elapsedMs = Math.max(
      this.#device.wallMs() - syncedAtWallMs,
      this.#device.monotonicMs() - syncedAtMonotonicMs,
    );
    this.#lastMs = Math.max(this.#lastMs, Math.round(syncedAtWallMs + offsetMs + elapsedMs));
    return this.#lastMs;
  }

  get hasSynced(): boolean {
    return Number.isFinite(this.#anchor.toleranceMs);
  }

  /**
   * Takes the centre's time from an answer. It was read somewhere between sending and receiving, most likely halfway.
   * @param sentAtMs and `receivedAtMs` by performance.now()
   * @returns the correction to save, or undefined when the one in use is better
   */
  sync(centreTimeMs: number, { sentAtMs, receivedAtMs }: { sentAtMs: number; receivedAtMs: number }) {
    const toleranceMs = Math.max(0, receivedAtMs - sentAtMs) / 2;
    const ageMs = this.#device.monotonicMs() - this.#anchor.syncedAtMonotonicMs;
    if (toleranceMs > this.#anchor.toleranceMs && ageMs < CORRECTION_AGE_MS_MAX) return undefined;
    const monotonicMs = this.#device.monotonicMs();
    const wallMs = this.#device.wallMs();
    const centreNowMs = centreTimeMs + toleranceMs + (monotonicMs - receivedAtMs);
    const correction: ClockCorrection = { offsetMs: centreNowMs - wallMs, toleranceMs, syncedAtWallMs: wallMs };
    this.#anchor = { ...correction, syncedAtMonotonicMs: monotonicMs };
    // A real correction may step back; from here on it only goes forward again.
    this.#lastMs = 0;
    return correction;
  }
}
