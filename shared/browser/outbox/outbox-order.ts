import type { RefusalCode } from '../../protocol/refusals.ts';

/** One thing to hand in. The documents are with the sale or the consent that it names; here is only how it stands. */
export interface OutboxItem {
  /** Of the sale or the consent. */
  readonly id: string;
  readonly addedAtMs: number;
  /** Within what was added at one moment: the counter of a chain, the voucher's number. */
  readonly place: number;
  readonly failures: number;
  /** Not before. */
  readonly dueAtMs: number;
  /** Why it stepped aside: a person has to look at it. */
  readonly parkedFor?: RefusalCode;
}

export function createOutboxItem(id: string, place: number, nowMs: number): OutboxItem {
  return { id, addedAtMs: nowMs, place, failures: 0, dueAtMs: nowMs };
}

/**
 * What is handed in now, in the order it came to be: by when it was added, then by place. Conflicts are settled by sequence, so
 * the oldest goes first. `isHurried`: the network came back, so nobody waits for the end of a pause.
 */
export function orderDue(items: readonly OutboxItem[], nowMs: number, isHurried: boolean): readonly OutboxItem[] {
  return items
    .filter((item) => item.parkedFor === undefined && (isHurried || isDue(item, nowMs)))
    .sort((one, other) => one.addedAtMs - other.addedAtMs || one.place - other.place || (one.id < other.id ? -1 : 1));
}

/** A clock that was set back by a day must not hold anything up for a day. */
function isDue({ dueAtMs, addedAtMs }: OutboxItem, nowMs: number): boolean {
  return dueAtMs <= nowMs || nowMs < addedAtMs;
}

/** @returns how long until the next is due; undefined when nothing waits */
export function nextDueInMs(items: readonly OutboxItem[], nowMs: number): number | undefined {
  const waits = items.filter(({ parkedFor }) => parkedFor === undefined).map(({ dueAtMs }) => dueAtMs - nowMs);
  return waits.length === 0 ? undefined : Math.max(0, Math.min(...waits));
}
