import { BOUNDS } from '../bounds.ts';
import { type Bytes, isEqualBytes } from '../bytes.ts';
import type { PartyStatus, PaymentState } from '../payment/lifecycle.ts';
import type { RefusalCode } from '../refusals.ts';
import type { OfflineSettings } from '../wire/offline.ts';
import type { Allowance } from './allowance.ts';
import { type ChainLink, type Contradiction, judgeLink } from './chain.ts';

/** An allowance as the books have it. */
export interface BookedAllowance {
  /** Still held for it, minor units: the limit, less what it has paid, less what was given back. */
  readonly reservedMinor: number;
  /** The version of the revocation list that withdrew it; undefined: it stands. */
  readonly revokedInVersion: number | undefined;
  /** When that was. */
  readonly revokedAtMs: number | undefined;
  /** After its end and the claim window; until then what was given in time is paid from what is held. */
  readonly claimUntilMs: number;
}

/** What a terminal's `Acceptance` says: when it took the consent, by which list, and when the centre had signed that. */
export interface TillsWord {
  readonly acceptedAtMs: number;
  readonly revocationVersion: number;
  readonly revocationsAtMs: number;
}

/** A consent out of an allowance, come to be settled: by the till, by the phone, in time or late. */
export interface SettlementFacts {
  readonly state: PaymentState;
  readonly requestHash: Bytes;
  readonly authorisationHash: Bytes;
  readonly requestedAtMs: number;
  readonly requestExpiresAtMs: number;
  /** The till itself handed the request in, in time: it was told how that ended. */
  readonly wasAwaited: boolean;
  readonly allowance: Allowance;
  readonly booked: BookedAllowance | undefined;
  readonly link: ChainLink;
  readonly authorisedAtMs: number;
  /** Against a payment, or the wallet's closing statement, that is in the books. */
  readonly contradiction: Contradiction | 'not-given' | undefined;
  /** The terminal's word that it took the consent on its own; undefined: only the phone says so. */
  readonly acceptance: TillsWord | undefined;
  readonly merchant: PartyStatus;
  readonly terminal: PartyStatus;
  readonly account: PartyStatus;
  readonly isSameCurrency: boolean;
  /** Posted balance less holds. */
  readonly availableMinor: number;
  /** What the guarantee has paid for this terminal within the last claim window. */
  readonly guaranteedMinor: number;
  /** What this terminal took on its own out of the same allowance and was paid for, as far as it counts towards its limit. */
  readonly takenHereMinor: number;
  readonly settings: Pick<OfflineSettings, 'tillPerAllowanceMinor' | 'tillTotalMinor' | 'tillAgeSeconds'>;
}

export type SettlementDecision =
  | { readonly kind: 'repeat' }
  /** `isDoubleSpend`: the two documents are kept as evidence, whatever is paid. */
  | { readonly kind: 'pay'; readonly from: 'reserve' | 'available' | 'guarantee'; readonly isDoubleSpend: boolean }
  | { readonly kind: 'refuse'; readonly code: RefusalCode; readonly isDoubleSpend: boolean };

/**
 * How a chained consent is settled. In this order: a repetition is answered as before; what is not this request's, or was taken
 * back, is refused; a till's word on what it took alone is late whenever it comes, a phone's alone only where the till was never
 * told that nobody paid; two consents for one place are paid by the guarantee, if the till kept its rules; else the allowance pays.
 *
 * Who bears a loss follows from it (DESIGN §4): the guarantee for a till that kept its rules, the merchant for one that did not.
 */
export function decideSettlement(facts: SettlementFacts, nowMs: number): SettlementDecision {
  const { state, link, booked } = facts;
  if (state.status === 'none') return refused('request_unknown');
  if (!isEqualBytes(state.requestHash, facts.requestHash)) return refused('request_mismatch');
  if (state.status === 'paid') {
    return isEqualBytes(state.authorisationHash, facts.authorisationHash)
      ? { kind: 'repeat' }
      : refused('already_paid');
  }
  if (state.status === 'cancelled') return refused('request_cancelled');
  const late = judgeLateness(facts, nowMs);
  if (late) return refused(late);
  if (facts.merchant !== 'open') return refused('merchant_closed');
  // Who was closed since it asked is not paid, as with any payment; what a lost till had sold on its own is.
  const isAwaiting = facts.wasAwaited && !facts.acceptance && nowMs <= facts.requestExpiresAtMs;
  if (isAwaiting && facts.terminal !== 'open') return refused('terminal_closed');
  if (link.amountMinor !== state.amountMinor) return refused('amount_mismatch');
  if (facts.account === 'unknown') return refused('account_unknown');
  if (!facts.isSameCurrency) return refused('currency_mismatch');
  // A thief's phone that was reported pays nothing on its own word; a till that took it in good faith is paid.
  if (facts.account !== 'open' && !facts.acceptance) return refused('account_frozen');
  if (!booked) return refused('allowance_unknown');
  const ofLink = judgeLink(facts.allowance, link, facts.authorisedAtMs);
  if (ofLink) return refused(ofLink);
  if (facts.contradiction) return decideDoubleSpend(facts, booked, nowMs);
  if (isTakenAfterRevocation(facts, booked)) return refused('allowance_revoked');
  if (nowMs <= booked.claimUntilMs && link.amountMinor <= booked.reservedMinor) return pay('reserve');
  if (facts.account === 'open' && link.amountMinor <= facts.availableMinor) return pay('available');
  return nowMs > booked.claimUntilMs ? refused('claim_late') : decideDoubleSpend(facts, booked, nowMs);
}

/** Clocks of two devices, each off by at most the tolerance. */
const TOLERANCE_MS = BOUNDS.clockToleranceSeconds * 1000;

function judgeLateness(facts: SettlementFacts, nowMs: number): RefusalCode | undefined {
  const { authorisedAtMs, requestedAtMs, requestExpiresAtMs, acceptance } = facts;
  // Consent and acceptance were given while the request could be paid, by their own clocks.
  const givenAtMs = acceptance ? [authorisedAtMs, acceptance.acceptedAtMs] : [authorisedAtMs];
  const isInTime = givenAtMs.every(
    (atMs) => atMs >= requestedAtMs - TOLERANCE_MS && atMs <= requestExpiresAtMs + TOLERANCE_MS,
  );
  if (!isInTime) return 'authorisation_expired';
  if (nowMs <= requestExpiresAtMs || acceptance) return undefined;
  return facts.wasAwaited ? 'request_expired' : undefined;
}

/** A list that was signed after it was withdrawn names it, whatever version the till says it has. */
function isTakenAfterRevocation(
  { acceptance }: SettlementFacts,
  { revokedInVersion, revokedAtMs = 0 }: BookedAllowance,
): boolean {
  if (revokedInVersion === undefined) return false;
  return !acceptance || acceptance.revocationVersion >= revokedInVersion || acceptance.revocationsAtMs > revokedAtMs;
}

/** By a list that was older than the till may go by. */
function isTakenByStaleList({ acceptedAtMs, revocationsAtMs }: TillsWord, tillAgeSeconds: number): boolean {
  return acceptedAtMs - revocationsAtMs > tillAgeSeconds * 1000;
}

function decideDoubleSpend(facts: SettlementFacts, booked: BookedAllowance, nowMs: number): SettlementDecision {
  const { acceptance, link, guaranteedMinor, takenHereMinor, settings, terminal } = facts;
  const keptRules =
    acceptance !== undefined &&
    terminal === 'open' &&
    nowMs <= booked.claimUntilMs &&
    acceptance.acceptedAtMs < facts.allowance.expiresAtMs &&
    !isTakenAfterRevocation(facts, booked) &&
    !isTakenByStaleList(acceptance, settings.tillAgeSeconds) &&
    takenHereMinor + link.amountMinor <= Math.min(settings.tillPerAllowanceMinor, facts.allowance.limitMinor) &&
    guaranteedMinor + link.amountMinor <= settings.tillTotalMinor;
  if (keptRules) return { kind: 'pay', from: 'guarantee', isDoubleSpend: true };
  return { kind: 'refuse', code: 'double_spent', isDoubleSpend: true };
}

function pay(from: 'reserve' | 'available'): SettlementDecision {
  return { kind: 'pay', from, isDoubleSpend: false };
}

function refused(code: RefusalCode): SettlementDecision {
  return { kind: 'refuse', code, isDoubleSpend: false };
}
