import { Store } from '../state/store.ts';
import { nextDueInMs, type OutboxItem, orderDue } from './outbox-order.ts';
import { decideStep, type HandInResult, isNetworkGone } from './outbox-policy.ts';
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
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

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

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Tries everything now, whatever pause it was in: something was added, or the network may be back. */
  async hurry(): Promise<void> {
    this.#stopTimer?.();
    this.#isHurried = true;
    if (!this.#isRunning) await this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      do {
        const isHurried = this.#isHurried;
        this.#isHurried = false;
        const { locks, lockName } = this.#parts;
        await locks.request(lockName, { ifAvailable: true }, (lock) => (lock ? this.#flush(isHurried) : undefined));
      } while (this.#isHurried);
    } finally {
      this.#isRunning = false;
      await this.#report(0);
      await this.#plan();
    }
  }

  async #flush(isHurried: boolean): Promise<void> {
    const { storage, handIn, nowMs, random } = this.#parts;
    const due = orderDue(await storage.loadAll(), nowMs(), isHurried);
    let done = 0;
    for (const item of due) {
      await this.#report(done);
      const result = await tryOnce(handIn, item);
      const step = decideStep(result, item.failures + 1, random());
      if (!(await applyStep(storage, item, step, nowMs()))) done += 1;
      if (isNetworkGone(result)) return;
    }
  }

  async #report(done: number): Promise<void> {
    const items = await this.#parts.storage.loadAll();
    const parked = items.filter(({ parkedFor }) => parkedFor !== undefined);
    this.progress.set({ isRunning: this.#isRunning, waiting: items.length - parked.length, done, parked });
  }

  async #plan(): Promise<void> {
    const delayMs = nextDueInMs(await this.#parts.storage.loadAll(), this.#parts.nowMs());
    if (delayMs === undefined || this.#isRunning) return;
    this.#stopTimer?.();
    this.#stopTimer = this.#parts.setTimer(() => void this.#run(), Math.max(delayMs, 250));
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
