import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { IntentStore } from '../storage/intent-store.ts';
import type { HandInResult, HandInTry } from './hand-in.ts';
import type { PaymentIntent } from './payment-intent.ts';
import { retryDelayMs } from './retry-delay.ts';
import { isTillAway, tryInMs } from './till-away.ts';

/** One window at a time hands in; the others look into the storage for what it found out. */
const LOCK_NAME = 'tandem-wallet-hand-in';

/** What the settler tells, for each try. */
export type SettlerNews =
  | { readonly kind: 'ended'; readonly intent: PaymentIntent }
  | { readonly kind: 'waiting'; readonly intent: PaymentIntent; readonly code: RefusalCode };

export interface SettlerParts {
  readonly intents: Pick<IntentStore, 'loadByStatus' | 'load' | 'apply'>;
  /** One hand-in. `isFresh`: never handed in before, so an unsigned no cannot hide an earlier yes. */
  readonly handIn: (
    intent: PaymentIntent,
    handInTry: HandInTry & { readonly isFresh: boolean },
  ) => Promise<HandInResult>;
  readonly random: () => number;
  /** Goes on evenly, whatever is done to the clock. */
  readonly elapsedMs: () => number;
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  readonly locks: Pick<LockManager, 'request'>;
}

/**
 * Hands in what was signed, until the centre has answered: again and again with the same documents, first quickly and then
 * every half minute, and at once when something says that the network is back.
 */
export class Settler {
  readonly #parts: SettlerParts;
  readonly #tell: (news: SettlerNews) => void;
  readonly #fresh = new Set<string>();
  readonly #watched = new Set<string>();
  /** Since when the centre does not know the request of a consent. */
  readonly #unknownSinceMs = new Map<string, number>();
  #attempt = 0;
  #isRunning = false;
  #isHurried = false;
  #stopTimer: (() => void) | undefined;

  constructor(parts: SettlerParts, tell: (news: SettlerNews) => void) {
    this.#parts = parts;
    this.#tell = tell;
  }

  /** Takes on a consent that was stored a moment ago. */
  add(intent: PaymentIntent): void {
    this.#fresh.add(intent.id);
    this.hurry();
  }

  /** Tries now: at start, on focus, when the network came back. Calls while it runs make it run once more. */
  hurry(): void {
    this.#stopTimer?.();
    this.#attempt = 0;
    if (this.#isRunning) this.#isHurried = true;
    else void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#tellOfOthers();
      await this.#parts.locks.request(LOCK_NAME, { ifAvailable: true }, (lock) =>
        lock ? this.#handInAll() : undefined,
      );
    } finally {
      this.#isRunning = false;
      this.#plan();
    }
  }

  async #handInAll(): Promise<void> {
    for (const intent of await this.#parts.intents.loadByStatus('signed')) {
      this.#watched.add(intent.id);
      const isFresh = this.#fresh.delete(intent.id);
      const isAway = isTillAway(this.#unknownSinceMs.get(intent.id), this.#parts.elapsedMs());
      const result = await this.#parts.handIn(intent, { attempt: this.#attempt, isFresh, isTillAway: isAway });
      if (result.kind === 'ended') this.#end(await this.#parts.intents.apply(intent.id, result.event));
      else {
        const isUnknown = result.code === 'request_unknown' && !this.#unknownSinceMs.has(intent.id);
        if (isUnknown) this.#unknownSinceMs.set(intent.id, this.#parts.elapsedMs());
        this.#tell({ kind: 'waiting', intent, code: result.code });
      }
    }
  }

  /** What another window has brought to an end in the meantime. */
  async #tellOfOthers(): Promise<void> {
    for (const id of new Set([...this.#watched, ...this.#fresh])) {
      const intent = await this.#parts.intents.load(id);
      if (intent && intent.state.status !== 'signed') this.#end(intent);
      else this.#watched.add(id);
    }
  }

  #end(intent: PaymentIntent): void {
    this.#watched.delete(intent.id);
    this.#fresh.delete(intent.id);
    this.#unknownSinceMs.delete(intent.id);
    this.#tell({ kind: 'ended', intent });
  }

  #plan(): void {
    if (this.#isHurried) {
      this.#isHurried = false;
      void this.#run();
      return;
    }
    if (this.#watched.size === 0) return;
    this.#attempt += 1;
    const plannedMs = retryDelayMs(this.#attempt, this.#parts.random());
    const delayMs = tryInMs(plannedMs, this.#unknownSinceMs.values(), this.#parts.elapsedMs());
    this.#stopTimer = this.#parts.setTimer(() => void this.#run(), delayMs);
  }
}
