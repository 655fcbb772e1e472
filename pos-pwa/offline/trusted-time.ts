/**
 * The latest time a till is sure of: its corrected clock, or what the centre last said plus the time that went by since, where
 * that is later. A clock that was set back lets no ended allowance live on.
 */
export class TrustedTime {
  readonly #clockMs: () => number;
  readonly #monotonicMs: () => number;
  #floorMs = 0;
  #raisedAtMs = 0;

  /** @param monotonicMs of any origin; never set */
  constructor(clockMs: () => number, monotonicMs: () => number) {
    this.#clockMs = clockMs;
    this.#monotonicMs = monotonicMs;
  }

  nowMs(): number {
    return Math.max(this.#clockMs(), this.#floor());
  }

  /** The centre said or signed this time. An earlier one changes nothing. */
  raise(centreTimeMs: number): void {
    if (centreTimeMs <= this.#floor()) return;
    this.#floorMs = centreTimeMs;
    this.#raisedAtMs = this.#monotonicMs();
  }

  #floor(): number {
    return Math.round(this.#floorMs + this.#monotonicMs() - this.#raisedAtMs);
  }
}
