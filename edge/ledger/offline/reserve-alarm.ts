import type { Result } from '../../../shared/protocol/result.ts';
import { nextReleaseAtMs } from './reserve.ts';

/** How soon after a failure it is tried again; and after a run that left some, for there were too many for one. */
const RETRY_MS = 60_000;
const GO_ON_MS = 1_000;
/** An alarm that should have rung so long ago was given up by the runtime, or waits ever longer for its next try: up to a quarter of an hour. */
const LOST_AFTER_MS = 30_000;
/** How many failures are kept, for the console: the newest tell it. */
const FAILURES_KEPT = 100;

export interface ReserveAlarmParts {
  readonly storage: DurableObjectStorage;
  readonly now: () => number;
  /** Gives back what is due, in a transaction; refuses by a value where the books take no postings. */
  readonly release: () => Promise<Result<unknown>>;
}

/**
 * Wakes the object when a claim window ends, to give back what nobody claimed. An alarm that throws is tried a few times and then
 * gone for good, so this one never does: it catches, writes down, and is set again. One that could not even be set is set with the
 * next grant, or when the object starts again; and a payment or a renewal gives back what is due without it.
 */
export class ReserveAlarm {
  readonly #parts: ReserveAlarmParts;

  constructor(parts: ReserveAlarmParts) {
    this.#parts = parts;
  }

  /** Sees to it that the object is woken in time for what is held now. */
  async arm(): Promise<void> {
    const { storage, now } = this.#parts;
    try {
      const dueAtMs = nextReleaseAtMs(storage.sql);
      if (dueAtMs === undefined) return;
      const setAtMs = await storage.getAlarm();
      // Setting it again would not help: while the runtime waits for its next try, it only notes the new time.
      if (setAtMs !== null && setAtMs < now() - LOST_AFTER_MS) await this.ring();
      else if (setAtMs === null || setAtMs > dueAtMs) await storage.setAlarm(dueAtMs);
    } catch (error) {
      console.error('The alarm that gives reserves back could not be set:', error);
    }
  }

  async ring(): Promise<void> {
    const { storage, now, release } = this.#parts;
    let nextAtMs: number | undefined = now() + RETRY_MS;
    try {
      const released = await release();
      if (!released.ok) throw new Error(`refused: ${released.code}`);
      const dueAtMs = nextReleaseAtMs(storage.sql);
      nextAtMs = dueAtMs === undefined ? undefined : Math.max(dueAtMs, now() + GO_ON_MS);
    } catch (error) {
      console.error('Reserves could not be given back:', error);
      this.#record(error);
    }
    try {
      if (nextAtMs !== undefined) await storage.setAlarm(nextAtMs);
    } catch (error) {
      console.error('The alarm that gives reserves back could not be set again:', error);
    }
  }

  #record(error: unknown): void {
    try {
      const reason = error instanceof Error ? error.message : String(error);
      const { sql } = this.#parts.storage;
      sql.exec('INSERT INTO alarm_failures (at_ms, reason) VALUES (?, ?)', this.#parts.now(), reason.slice(0, 500));
      sql.exec('DELETE FROM alarm_failures WHERE id <= (SELECT max(id) FROM alarm_failures) - ?', FAILURES_KEPT);
    } catch {
      // The storage itself fails: it was said on the console.
    }
  }
}
