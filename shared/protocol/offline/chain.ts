import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { type Bytes, isEqualBytes } from '../bytes.ts';
import type { RefusalCode } from '../refusals.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { Allowance } from './allowance.ts';

/** The place of one consent in the chain of its allowance: what the four chain fields of an `Authorisation` say. */
export interface ChainPlace {
  readonly allowance: Bytes;
  readonly counter: number;
  readonly previous: Bytes;
  readonly cumulativeMinor: AmountMinor;
}

/** A consent in its place. */
export interface ChainLink extends ChainPlace {
  /** Content hash of the `Authorisation`. */
  readonly hash: Bytes;
  readonly amountMinor: AmountMinor;
}

/**
 * Where a chain stands. For a wallet: after the last place it has taken, given or burnt. For a till: as far as it has seen.
 * `head` is the hash of what stands in place `counter`; of the wallet certificate's content while that is 0.
 */
export interface ChainHead {
  readonly counter: number;
  readonly head: Bytes;
  /** All that was given so far; a burnt place (nobody ever signed it with the passkey) adds nothing. */
  readonly cumulativeMinor: number;
}

export function startOfChain(certificateHash: Bytes): ChainHead {
  return { counter: 0, head: certificateHash, cumulativeMinor: 0 };
}

/**
 * The next place for a payment of `amountMinor`. A wallet writes the consent that takes it to its disk before the passkey is
 * asked, and never gives the place to other content. Refuses `allowance_expired`, `allowance_exceeded`.
 */
export function nextPlace(
  allowance: Allowance,
  head: ChainHead,
  amountMinor: number,
  nowMs: number,
): Result<ChainPlace> {
  const refusal = judgeRoom(allowance, head, amountMinor, nowMs);
  if (refusal) return refuse(refusal);
  // Within the limit, which is an amount itself.
  const cumulativeMinor = v.parse(AmountMinor, head.cumulativeMinor + amountMinor);
  return accept({ allowance: allowance.serial, counter: head.counter + 1, previous: head.head, cumulativeMinor });
}

/** Whether a payment still fits. @returns the refusal, or undefined when it does */
export function judgeRoom(
  allowance: Allowance,
  head: ChainHead,
  amountMinor: number,
  nowMs: number,
): RefusalCode | undefined {
  if (nowMs >= allowance.expiresAtMs) return 'allowance_expired';
  const isWithin =
    amountMinor <= allowance.paymentMaxMinor &&
    head.cumulativeMinor + amountMinor <= allowance.limitMinor &&
    head.counter < allowance.countMax;
  return isWithin ? undefined : 'allowance_exceeded';
}

/** The most that one payment may be now: 0 when nothing fits any more. Minor units. */
export function roomMinor(allowance: Allowance, head: ChainHead, nowMs: number): number {
  if (nowMs >= allowance.expiresAtMs || head.counter >= allowance.countMax) return 0;
  return Math.max(0, Math.min(allowance.paymentMaxMinor, allowance.limitMinor - head.cumulativeMinor));
}

/** Whether one consent by itself keeps to its allowance, whatever was given besides. Refuses `allowance_exceeded`, `allowance_expired`. */
export function judgeLink(allowance: Allowance, link: ChainLink, authorisedAtMs: number): RefusalCode | undefined {
  if (authorisedAtMs >= allowance.expiresAtMs) return 'allowance_expired';
  const isWithin =
    link.amountMinor <= allowance.paymentMaxMinor &&
    link.cumulativeMinor <= allowance.limitMinor &&
    link.cumulativeMinor >= link.amountMinor &&
    link.counter <= allowance.countMax;
  return isWithin ? undefined : 'allowance_exceeded';
}

/** Whether a consent goes on from where somebody saw the chain: later, dearer, and joined to it when it is the very next. */
export function isContinuation(seen: ChainHead, link: ChainLink): boolean {
  if (link.counter <= seen.counter || link.cumulativeMinor < seen.cumulativeMinor + link.amountMinor) return false;
  return link.counter > seen.counter + 1 || isEqualBytes(link.previous, seen.head);
}

/**
 * How two consents out of one allowance contradict each other. A wallet that takes each place once never makes two that do, so
 * that two such, both signed by device key and passkey, prove a copied or rolled-back storage to anyone.
 *
 * - `same-place`, `same-predecessor`: two different consents where there is room for one
 * - `broken-join`: the later comes directly after the earlier, and names another predecessor
 * - `sum-too-small`: the later counts less than was given by then
 */
export type Contradiction = 'same-place' | 'same-predecessor' | 'broken-join' | 'sum-too-small';

/** @returns undefined where both can be of one chain, and for the very same consent */
export function findContradiction(one: ChainLink, other: ChainLink): Contradiction | undefined {
  if (isEqualBytes(one.hash, other.hash)) return undefined;
  if (one.counter === other.counter) return 'same-place';
  if (isEqualBytes(one.previous, other.previous)) return 'same-predecessor';
  const [earlier, later] = one.counter < other.counter ? [one, other] : [other, one];
  if (later.counter === earlier.counter + 1 && !isEqualBytes(later.previous, earlier.hash)) return 'broken-join';
  return later.cumulativeMinor < earlier.cumulativeMinor + later.amountMinor ? 'sum-too-small' : undefined;
}
