import type { SetTimer } from '../../shared/browser/clock/set-timer.ts';
import { nextDueInMs, orderDue } from '../../shared/browser/outbox/outbox-order.ts';
import { decideStep, isNetworkGone } from '../../shared/browser/outbox/outbox-policy.ts';
import { applyStep, type OutboxStorage, unpark } from '../../shared/browser/outbox/outbox-storage.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { IntentStore } from '../storage/intent-store.ts';
import type { HandInResult, HandInTry } from './hand-in.ts';
import type { PaymentIntent } from './payment-intent.ts';
import { isQuickTry, quickDelayMs } from './quick-tries.ts';
import { isTillAway, isTillLate, tryInMs } from './till-away.ts';

/** One window at a time hands in; the others look into the storage for what it found out. */
const LOCK_NAME = 'tandem-wallet-hand-in';

/** What the settler tells, for each try. */
export type SettlerNews =
  | { readonly kind: 'ended'; readonly intent: PaymentIntent }
  | { readonly kind: 'waiting'; readonly intent: PaymentIntent; readonly code: RefusalCode };

export interface SettlerParts {
  readonly intents: Pick<IntentStore, 'loadByStatus' | 'load' | 'apply'>;
  /** An item comes and goes with the consent that it names, in the same write. */
  readonly outbox: OutboxStorage;
  /** One hand-in. `isFresh`: never handed in before, so an unsigned no cannot hide an earlier yes. */
  readonly handIn: (
    intent: PaymentIntent,
    handInTry: HandInTry & { readonly isFresh: boolean },
  ) => Promise<HandInResult>;
  readonly random: () => number;
  readonly nowMs: () => number;
  /** Goes on evenly, whatever is done to the clock. */
  readonly elapsedMs: () => number;
  readonly setTimer: SetTimer;
  readonly locks: Pick<LockManager, 'request'>;
}

/**
 * Hands in what was signed, until the centre has answered: again and again with the same documents, in the order they came to be.
 * The first tries come quickly, for whoever stands at the counter; then the outbox says when, ever slower, and what never gets
 * through steps aside. At once when something says that the network is back.
 */
export class Settler {
  readonly #parts: SettlerParts;
  readonly #tell: (news: SettlerNews) => void;
  readonly #fresh = new Set<string>();
  readonly #watched = new Set<string>();
  /** Since when the centre does not know the request of a consent. */
  readonly #unknownSinceMs = new Map<string, number>();
  #attempt = 0;
  #running: Promise<void> | undefined;
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
    void this.flush();
  }

  /** Tries all of it now. Resolves when each has been tried once more, or the network is gone. */
  async flush(): Promise<void> {
    this.#stopTimer?.();
    this.#attempt = 0;
    this.#isHurried = true;
    this.#running ??= this.#run(true);
    await this.#running;
  }

  /** No further try by itself. */
  stop(): void {
    this.#stopTimer?.();
  }

  /** A person asks for another try of what stepped aside. */
  async tryAgain(id: string): Promise<void> {
    await unpark(this.#parts.outbox, id, this.#parts.nowMs());
    this.hurry();
  }

  async #run(isHurried: boolean): Promise<void> {
    try {
      for (let isNow = isHurried; ; isNow = true) {
        this.#isHurried = false;
        await this.#tellOfOthers();
        await this.#parts.locks.request(LOCK_NAME, { ifAvailable: true }, (lock) =>
          lock ? this.#handInAll(isNow) : undefined,
        );
        if (!this.#isHurried) break;
      }
    } finally {
      this.#running = undefined;
      await this.#plan();
    }
  }

  async #handInAll(isNow: boolean): Promise<void> {
    const { intents, outbox, nowMs } = this.#parts;
    const signed = new Map((await intents.loadByStatus('signed')).map((intent) => [intent.id, intent]));
    const due = orderDue(await outbox.loadAll(), nowMs(), isNow);
    let goneCode: RefusalCode | undefined;
    // Whoever stands at the counter is not kept waiting by what was left over from before.
    for (const item of due.toSorted((one, other) => this.#rankOf(one.id) - this.#rankOf(other.id))) {
      const intent = signed.get(item.id);
      if (!intent) continue;
      if (goneCode) {
        // Nothing else gets through either; whoever looks at it is told so.
        this.#watched.add(intent.id);
        this.#tell({ kind: 'waiting', intent, code: goneCode });
        continue;
      }
      const result = await this.#handIn(intent);
      if (result.kind === 'ended') this.#end(await intents.apply(intent.id, result.event));
      else {
        const again = { kind: 'again', code: result.code } as const;
        const step = decideStep(again, item.failures + 1, this.#parts.random());
        await applyStep(outbox, item, step, nowMs());
        this.#tell({ kind: 'waiting', intent, code: result.code });
        if (isNetworkGone(again)) goneCode = result.code;
      }
    }
  }

  #rankOf(id: string): number {
    return this.#fresh.has(id) ? 0 : 1;
  }

  async #handIn(intent: PaymentIntent): Promise<HandInResult> {
    const { elapsedMs, nowMs } = this.#parts;
    this.#watched.add(intent.id);
    const isFresh = this.#fresh.delete(intent.id);
    const isAway = isTillAway(this.#unknownSinceMs.get(intent.id), elapsedMs()) || isTillLate(intent, nowMs());
    const result = await this.#parts.handIn(intent, { attempt: this.#attempt, isFresh, isTillAway: isAway });
    const isUnknown = result.kind !== 'ended' && result.code === 'request_unknown';
    if (isUnknown && !this.#unknownSinceMs.has(intent.id)) this.#unknownSinceMs.set(intent.id, elapsedMs());
    return result;
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

  async #plan(): Promise<void> {
    if (this.#running) return;
    const isQuick = this.#watched.size > 0 && isQuickTry(this.#attempt + 1);
    const slowMs = nextDueInMs(await this.#parts.outbox.loadAll(), this.#parts.nowMs());
    if (this.#running || (!isQuick && slowMs === undefined)) return;
    this.#attempt += 1;
    const quickMs = quickDelayMs(this.#attempt, this.#parts.random());
    const plannedMs = isQuick ? quickMs : Math.max(slowMs ?? 0, quickMs);
    const delayMs = tryInMs(plannedMs, this.#unknownSinceMs.values(), this.#parts.elapsedMs());
    this.#stopTimer?.();
    this.#stopTimer = this.#parts.setTimer(() => {
      this.#running ??= this.#run(isQuick);
    }, delayMs);
  }
}
