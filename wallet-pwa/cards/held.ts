import type { HistoryEntry } from '../history/history-entry.ts';
import type { Card, Release } from './card.ts';

export type Held = Pick<Release, 'amountMinor' | 'atMs'>;

/** What is set aside on a card and cannot be paid from on this phone: by another phone that still may, and by none any more. */
export interface HeldBack {
  readonly elsewhere: Held | undefined;
  readonly ended: Held | undefined;
}

/**
 * What does not come back is left out: payments given on this phone that wait for the centre. They may be out of an allowance that has
 * ended.
 */
export function describeHeld(
  { releases = [], accountNumber }: Card,
  entries: readonly HistoryEntry[],
  nowMs: number,
): HeldBack {
  const paidMinor = entries
    .filter((entry) => entry.accountNumber === accountNumber && entry.status === 'checking' && entry.offline)
    .reduce((sum, entry) => sum - entry.amountMinor, 0);
  const due = releases.filter(({ atMs }) => atMs >= nowMs);
  return {
    elsewhere: sumOf(due.filter(({ isElsewhere }) => isElsewhere)),
    ended: sumOf(
      due.filter(({ isElsewhere }) => !isElsewhere),
      paidMinor,
    ),
  };
}

/** @returns all of it, with when the last of it is free; undefined where there is none */
function sumOf(releases: readonly Release[], paidMinor = 0): Held | undefined {
  const amountMinor = releases.reduce((sum, release) => sum + release.amountMinor, -paidMinor);
  return amountMinor > 0 ? { amountMinor, atMs: Math.max(...releases.map(({ atMs }) => atMs)) } : undefined;
}

/**
 * What came back to a card by itself since the centre was last asked, minor units: 0 where it was paid in the meantime, or where
 * nothing was due.
 */
export function freedMinor(before: Card, after: Card, nowMs: number): number {
  const dueMinor = (before.releases ?? [])
    .filter(({ atMs }) => atMs <= nowMs && !after.releases?.some((held) => held.atMs === atMs))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return after.availableMinor - before.availableMinor >= dueMinor ? dueMinor : 0;
}
