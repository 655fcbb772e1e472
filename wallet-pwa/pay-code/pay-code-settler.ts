import type { SetTimer } from '../../shared/browser/clock/set-timer.ts';
import { isOutstanding, type KeptPayCode } from './kept-pay-code.ts';
import { isFinalAt } from './read-pay-code-answer.ts';

/** A little after the moment from which the centre's "nobody charged it" is the last word. */
const SLACK_MS = 1_000;

export interface PayCodeSettlerParts {
  readonly loadOutstanding: () => Promise<readonly KeptPayCode[]>;
  /** The code on the screen is watched already. */
  readonly isWatched: (id: string) => boolean;
  /** Asks the centre and stores what it says. Undefined when nothing answered. */
  readonly ask: (code: KeptPayCode) => Promise<KeptPayCode | undefined>;
  /** The same, and takes it back. */
  readonly cancel: (code: KeptPayCode) => Promise<KeptPayCode | undefined>;
  readonly nowMs: () => number;
  readonly setTimer: SetTimer;
}

/**
 * Finds out how the codes ended that are not on the screen any more: shown without a network, left, over. It asks when the
 * wallet syncs, and once more when nothing can come any more; what this phone took back is cancelled as soon as it can be.
 */
export class PayCodeSettler {
  readonly #parts: PayCodeSettlerParts;
  #running: Promise<void> | undefined;
  #isHurried = false;
  #stopTimer: (() => void) | undefined;

  constructor(parts: PayCodeSettlerParts) {
    this.#parts = parts;
  }

  /** Calls while it runs make it run once more. */
  hurry(): Promise<void> {
    if (this.#running) this.#isHurried = true;
    else {
      this.#running = this.#run().finally(() => {
        this.#running = undefined;
        if (!this.#isHurried) return;
        this.#isHurried = false;
        void this.hurry();
      });
    }
    return this.#running;
  }

  async #run(): Promise<void> {
    const { loadOutstanding, isWatched, ask, cancel, nowMs, setTimer } = this.#parts;
    this.#stopTimer?.();
    let nextAtMs: number | undefined;
    for (const code of await loadOutstanding()) {
      if (isWatched(code.id)) continue;
      const isToCancel = code.state.status === 'withdrawn' && nowMs() < code.expiresAtMs;
      const settled = (isToCancel ? await cancel(code) : undefined) ?? (await ask(code));
      // No answer: the next sync asks again.
      if (!settled) break;
      if (isOutstanding(settled)) nextAtMs = Math.min(nextAtMs ?? Number.POSITIVE_INFINITY, isFinalAt(code));
    }
    if (nextAtMs === undefined) return;
    const delayMs = Math.max(SLACK_MS, nextAtMs + SLACK_MS - nowMs());
    this.#stopTimer = setTimer(() => void this.hurry(), delayMs);
  }
}
