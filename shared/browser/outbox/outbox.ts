import type { SetTimer } from '../clock/set-timer.ts';
import { Store } from '../state/store.ts';
import { nextDueInMs, type OutboxItem, orderDue } from './outbox-order.ts';
import { decideStep, type HandInResult, isNetworkGone, retryDelayMs } from './outbox-policy.ts';
import { applyStep, type OutboxStorage } from './outbox-storage.ts';

/** What the person sees of it. */
export interface OutboxProgress {
  readonly isRunning: boolean;
  /** Still to be handed in, those that stepped aside left out. */
  readonly waiting: number;
  /** Handed in by this run so far: a bar for long drains. */
  readonly done: number;
  readonly parked: readonly OutboxItem[];
}

export interface OutboxParts {
  readonly storage: OutboxStorage;
  /** Hands one in and writes what it learns to the disk. */
  readonly handIn: (item: OutboxItem) => Promise<HandInResult>;
  /** One flusher at a time, over all windows and the service worker of an app. */
  readonly locks: Pick<LockManager, 'request'>;
  readonly lockName: string;
  readonly random: () => number;
  readonly nowMs: () => number;
  readonly setTimer: SetTimer;
  /** How many are on their way at a time; default 1. Whatever the number, the oldest set out first. */
  readonly parallelMax?: number;
}

/** Another window or the service worker is at it: it is looked at again when that is likely to be over. */
const PAUSE_WHILE_HELD_MS = 5_000;
const PAUSE_MS_MIN = 250;

/**
 * One queue of what has to be handed in. Flushed by whichever comes first: Background Sync, the network coming back, the app
 * coming to the front, a timer. Killed at any moment it goes on where it was: an item leaves only after the centre's word on it is
 * on the disk, and handing in twice is the same as once.
 */
export class Outbox {
  readonly progress = new Store<OutboxProgress>({ isRunning: false, waiting: 0, done: 0, parked: [] });
  readonly #parts: OutboxParts;
  #isRunning = false;
  #isHurried = false;
  #stopTimer: (() => void) | undefined;
  #isHeldElsewhere = false;
  /** Runs in a row that ended because nobody answered. */
  #unansweredRuns = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Tries everything now, whatever pause it was in: something was added, or the network may be back. */
  async hurry(): Promise<void> {
    this.#stopTimer?.();
    this.#isHurried = true;
    if (!this.#isRunning) await this.#run();
  }

  /** No more tries by itself. What is on its way comes to its end. */
  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      do {
        const isHurried = this.#isHurried;
        this.#isHurried = false;
        const { locks, lockName } = this.#parts;
        await locks.request(lockName, { ifAvailable: true }, async (lock) => {
          this.#isHeldElsewhere = lock === null;
          if (lock) await this.#flush(isHurried);
        });
      } while (this.#isHurried);
    } catch (error) {
      // The disk failed: nothing was lost by that, and it is looked at again.
      reportError(error);
    }
    this.#isRunning = false;
    await this.#report().catch((error: unknown) => reportError(error));
    await this.#plan();
  }

  async #flush(isHurried: boolean): Promise<void> {
    const { storage, nowMs, parallelMax = 1 } = this.#parts;
    const due = [...orderDue(await storage.loadAll(), nowMs(), isHurried)];
    await this.#report();
    if (due.length === 0) return;
    let isGone = false;
    let isAnswered = false;
    const work = async () => {
      for (let item = due.shift(); item && !isGone; item = due.shift()) {
        if (await this.#handInOne(item)) isGone = true;
        else isAnswered = true;
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallelMax, due.length) }, work));
    // A line that loses every seventh call is worth coming back to soon; one that answers nothing is not.
    if (isAnswered) this.#unansweredRuns = 0;
    if (isGone) this.#unansweredRuns += 1;
  }

  /** @returns true where nobody answers: that is no failure of the item, and trying the next would only take time */
  async #handInOne(item: OutboxItem): Promise<boolean> {
    const { storage, handIn, nowMs, random } = this.#parts;
    const result = await tryOnce(handIn, item);
    if (isNetworkGone(result)) return true;
    const step = decideStep(result, item.failures + 1, random());
    const left = await applyStep(storage, item, step, nowMs());
    this.progress.update(({ waiting, done, parked, isRunning }) => ({
      isRunning,
      waiting: left && !left.parkedFor ? waiting : waiting - 1,
      done: left ? done : done + 1,
      parked: left?.parkedFor ? [...parked, left] : parked,
    }));
    return false;
  }

  async #report(): Promise<void> {
    const items = await this.#parts.storage.loadAll();
    const parked = items.filter(({ parkedFor }) => parkedFor !== undefined);
    this.progress.set({ isRunning: this.#isRunning, waiting: items.length - parked.length, done: 0, parked });
  }

  /** The next is due, but no sooner than the network or another flusher can be expected to have changed anything. */
  async #plan(): Promise<void> {
    const { storage, nowMs, random, setTimer } = this.#parts;
    const items = await storage.loadAll().catch(() => undefined);
    const delayMs = items ? nextDueInMs(items, nowMs()) : PAUSE_WHILE_HELD_MS;
    if (delayMs === undefined || this.#isRunning) return;
    const restMs = this.#unansweredRuns > 0 ? retryDelayMs(this.#unansweredRuns, random()) : PAUSE_MS_MIN;
    this.#stopTimer?.();
    this.#stopTimer = setTimer(
      () => void (this.#isRunning || this.#run()),
      Math.max(delayMs, restMs, this.#isHeldElsewhere ? PAUSE_WHILE_HELD_MS : 0),
    );
  }
}

/** A bug or a full disk in one item must not end the queue: it counts as a failure of that one. */
async function tryOnce(handIn: OutboxParts['handIn'], item: OutboxItem): Promise<HandInResult> {
  try {
    return await handIn(item);
  } catch (error) {
    reportError(error);
    return { kind: 'again', code: 'storage_failed' };
  }
}
