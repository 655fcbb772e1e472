import type { TwinDrawing } from './draw-twin-code.ts';

/** What is to be seen now. */
export interface TwinFrame<Pair> {
  readonly pair: Pair;
  readonly side: keyof TwinDrawing;
}

/**
 * Whose turn it is: A, then B, then A, each for the rhythm, by the time that went by and not by counting ticks, so that a late
 * frame makes no later one late. A new pair takes over where A would begin, and begins with A: no pair is cut short, and
 * no B of one ever follows A of another.
 */
export class TwinRhythm<Pair> {
  #pair: Pair | undefined;
  #next: Pair | undefined;
  #startedAtMs = 0;

  /** Waits for its turn; a pair that still waited is forgotten. The first one begins at the next look. */
  offer(pair: Pair): void {
    this.#next = pair;
  }

  clear(): void {
    this.#pair = undefined;
    this.#next = undefined;
  }

  /** @returns undefined before there is any pair */
  at(nowMs: number, rhythmMs: number): TwinFrame<Pair> | undefined {
    const hasEndedRound = nowMs - this.#startedAtMs >= 2 * rhythmMs;
    if (this.#next !== undefined && (this.#pair === undefined || hasEndedRound)) {
      this.#pair = this.#next;
      this.#next = undefined;
      this.#startedAtMs = nowMs;
    } else if (hasEndedRound) {
      // In step with the round before, however late this look is.
      this.#startedAtMs = nowMs - ((nowMs - this.#startedAtMs) % (2 * rhythmMs));
    }
    if (this.#pair === undefined) return undefined;
    return { pair: this.#pair, side: nowMs - this.#startedAtMs < rhythmMs ? 'a' : 'b' };
  }
}
