import type { PaymentIntent } from './payment-intent.ts';

/**
 * A till hands its request in at the moment it shows its code. When the centre still has not heard of it this much later, the
 * till has no network, and the phone carries the request, which the till signed, within the consent.
 */
export const TILL_AWAY_AFTER_MS = 3_000;

/** @param unknownSinceMs when the centre first said that it does not know the request; undefined where it never did */
export function isTillAway(unknownSinceMs: number | undefined, nowMs: number): boolean {
  return unknownSinceMs !== undefined && nowMs - unknownSinceMs >= TILL_AWAY_AFTER_MS;
}

/**
 * A consent out of an allowance counts after its request's end, too: the till may have taken it on its own, and comes to hand it in
 * later than this phone, or never. Then the phone brings all of it at once.
 */
export function isTillLate(
  { place, state, facts }: Pick<PaymentIntent, 'place' | 'state' | 'facts'>,
  nowMs: number,
): boolean {
  if (!place || state.status !== 'signed') return false;
  return state.acceptance !== undefined || nowMs > facts.expiresAtMs;
}

/** When to try next: as planned, but not later than the moment from which a till counts as away. */
export function tryInMs(plannedMs: number, unknownSinceMs: Iterable<number>, nowMs: number): number {
  const left = [...unknownSinceMs]
    .map((sinceMs) => sinceMs + TILL_AWAY_AFTER_MS - nowMs)
    .filter((leftMs) => leftMs > 0);
  return Math.min(plannedMs, ...left);
}
