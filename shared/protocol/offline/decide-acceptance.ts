import type { Bytes } from '../bytes.ts';
import type { RefusalCode } from '../refusals.ts';
import type { OfflineSettings } from '../wire/offline.ts';
import type { Allowance } from './allowance.ts';
import { type ChainHead, type ChainLink, isContinuation, judgeLink, startOfChain } from './chain.ts';

/** What this till has taken on its own out of one allowance, and how far it has seen its chain. */
export interface SeenAllowance extends ChainHead {
  readonly takenMinor: number;
}

/** What this till has taken on its own since it last heard from the centre. */
export interface OfflineTakings {
  readonly takenMinor: number;
  readonly count: number;
  /** When the centre last answered it, by the corrected clock. */
  readonly syncedAtMs: number;
}

export interface AcceptanceFacts {
  /** Undefined: the phone's certificate grants none. */
  readonly allowance: Allowance | undefined;
  /** Undefined: the consent was given for the network alone. */
  readonly link: ChainLink | undefined;
  readonly authorisedAtMs: number;
  /** Content hash of the wallet certificate, where the chain begins. */
  readonly certificateHash: Bytes;
  /** Undefined: this till has taken nothing out of it yet. */
  readonly seen: SeenAllowance | undefined;
  readonly takings: OfflineTakings;
  /** When the centre signed the newest list of withdrawn allowances on this till; undefined: it has none. */
  readonly revocationsAtMs: number | undefined;
  readonly isRevoked: boolean;
  /** The shop agreed to who bears which loss. */
  readonly hasAgreed: boolean;
  readonly settings: OfflineSettings;
  /** The latest time this till is sure of: its corrected clock, or later where something the centre signed says so. */
  readonly nowMs: number;
}

/**
 * Whether a till may take a verified consent on its own, without asking the centre. All signatures, the request and the
 * certificates have been verified before; this is what is left: the allowance, its chain, and the till's own limits.
 * Guards stand in order of precedence. @returns the refusal, or undefined when it may
 */
export function decideAcceptance(facts: AcceptanceFacts): RefusalCode | undefined {
  const { allowance, link, seen, takings, settings, nowMs } = facts;
  if (!settings.isOn || !facts.hasAgreed) return 'offline_not_agreed';
  if (!allowance || !link) return 'allowance_missing';
  if (facts.isRevoked) return 'allowance_revoked';
  if (nowMs >= allowance.expiresAtMs) return 'allowance_expired';
  const ofLink = judgeLink(allowance, link, facts.authorisedAtMs);
  if (ofLink) return ofLink;
  if (!isJoined(facts, link, seen)) return 'chain_broken';
  const share = shareOfLimits(facts);
  if (share === 0) return 'revocations_stale';
  if (nowMs - takings.syncedAtMs > settings.tillAgeSeconds * 1000) return 'revocations_stale';
  if ((seen?.takenMinor ?? 0) + link.amountMinor > settings.tillPerAllowanceMinor * share) return 'till_limit_reached';
  if (takings.takenMinor + link.amountMinor > settings.tillTotalMinor * share) return 'till_limit_reached';
  return takings.count < settings.tillCountMax ? undefined : 'till_limit_reached';
}

function isJoined({ certificateHash }: AcceptanceFacts, link: ChainLink, seen: SeenAllowance | undefined): boolean {
  return isContinuation(seen ?? startOfChain(certificateHash), link);
}

/**
 * The older the list of withdrawn allowances, the less is taken: all of the limits in the first third of its time, a quarter
 * until its end, then nothing.
 */
export function shareOfLimits({
  revocationsAtMs,
  nowMs,
  settings,
}: Pick<AcceptanceFacts, 'revocationsAtMs' | 'nowMs' | 'settings'>): number {
  if (revocationsAtMs === undefined) return 0;
  const ageMs = nowMs - revocationsAtMs;
  const fullMs = settings.tillAgeSeconds * 1000;
  if (ageMs > fullMs) return 0;
  return ageMs > fullMs / 3 ? 0.25 : 1;
}

/** What this till may still take on its own altogether, minor units, and until when. */
export function tillRoom(
  facts: Pick<AcceptanceFacts, 'takings' | 'revocationsAtMs' | 'hasAgreed' | 'settings' | 'nowMs'>,
): {
  readonly leftMinor: number;
  readonly untilMs: number;
} {
  const { takings, revocationsAtMs = 0, settings, hasAgreed } = facts;
  const untilMs = Math.min(takings.syncedAtMs, revocationsAtMs) + settings.tillAgeSeconds * 1000;
  const isOpen = settings.isOn && hasAgreed && facts.nowMs <= untilMs && takings.count < settings.tillCountMax;
  const leftMinor = isOpen ? Math.max(0, settings.tillTotalMinor * shareOfLimits(facts) - takings.takenMinor) : 0;
  return { leftMinor: Math.floor(leftMinor), untilMs };
}
