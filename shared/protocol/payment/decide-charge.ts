import { BOUNDS } from '../bounds.ts';
import { type Bytes, isEqualBytes } from '../bytes.ts';
import type { RefusalCode } from '../refusals.ts';
import type { PartyStatus, PaymentState } from './lifecycle.ts';

/** By the books' clock: the last moment at which a pay code can still be charged. One answer for all who ask. */
export function lastChargeAtMs(payCodeExpiresAtMs: number): number {
  return payCodeExpiresAtMs + BOUNDS.payCodeGraceSeconds * 1000;
}

/** How far the books' clock may be from the till's word on when it charged. The worker asked it of its own before, twice as strictly. */
export const CHARGE_DELAY_MS_MAX = 2 * BOUNDS.chargeDelaySecondsMax * 1000;

/**
 * What became of a pay code, as the centre sees it. It is charged once for ever: a payment, or the question to its customer
 * whether to pay more than it covers.
 *
 *     unseen ──charge──▶ charged (paid, or asked)
 *        └────cancel───▶ cancelled
 */
export type PayCodeState =
  | { readonly status: 'unseen' }
  | { readonly status: 'charged'; readonly requestHash: Bytes }
  | { readonly status: 'cancelled' };

export interface ChargeEvent {
  readonly requestHash: Bytes;
  readonly amountMinor: number;
  readonly payCode: PayCodeState;
  /** Whether the showing that was scanned was accepted before, of whatever pay code of the account. */
  readonly isPairSpent: boolean;
  /** By the till's signed word. */
  readonly chargedAtMs: number;
  /** When the pay code ends, by its own word. */
  readonly payCodeExpiresAtMs: number;
  /** What the customer consented to. */
  readonly capMinor: number;
  /** Of the programme's settings. */
  readonly stepUpMinor: number;
  /** Whether the phone that showed it can be asked now. */
  readonly isWalletListening: boolean;
  /** Whether too many tries against the account were refused lately. */
  readonly isAccountSlowed: boolean;
  readonly merchant: PartyStatus;
  readonly terminal: PartyStatus;
  readonly account: PartyStatus;
  /** Posted balance less holds. */
  readonly availableMinor: number;
  readonly isSameCurrency: boolean;
}

export type ChargeDecision =
  | { readonly kind: 'pay' }
  /** More than the pay code covers: the customer is asked for the passkey on the exact amount. */
  | { readonly kind: 'ask' }
  /** The same pay code for the same request again: answer how that stands, change nothing. */
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refuse'; readonly code: RefusalCode };

/** Charges a pay code to a request. Guards stand in order of precedence; after the last one the transition must succeed. */
export function decideCharge(state: PaymentState, event: ChargeEvent, nowMs: number): ChargeDecision {
  const { payCode } = event;
  if (state.status === 'none') return refused('request_unknown');
  if (!isEqualBytes(state.requestHash, event.requestHash)) return refused('request_mismatch');
  const isCharged = payCode.status === 'charged';
  if (isCharged && isEqualBytes(payCode.requestHash, event.requestHash)) return { kind: 'repeat' };
  if (state.status === 'paid') return refused('already_paid');
  if (state.status === 'cancelled') return refused('request_cancelled');
  if (nowMs > state.expiresAtMs) return refused('request_expired');
  if (event.isAccountSlowed) return refused('account_slowed');
  if (payCode.status === 'cancelled') return refused('pay_code_cancelled');
  if (event.isPairSpent) return refused('twin_code_spent');
  if (isCharged) return refused('pay_code_used');
  if (nowMs > lastChargeAtMs(event.payCodeExpiresAtMs)) return refused('pay_code_expired');
  if (Math.abs(nowMs - event.chargedAtMs) > CHARGE_DELAY_MS_MAX) return refused('clock_off');
  if (event.merchant !== 'open') return refused('merchant_closed');
  if (event.terminal !== 'open') return refused('terminal_closed');
  if (event.amountMinor !== state.amountMinor) return refused('amount_mismatch');
  if (event.account === 'unknown') return refused('account_unknown');
  if (event.account !== 'open') return refused('account_frozen');
  if (!event.isSameCurrency) return refused('currency_mismatch');
  const isAboveCap = event.amountMinor > event.capMinor;
  const isAbove = isAboveCap || event.amountMinor > event.stepUpMinor;
  if (isAbove && !event.isWalletListening) return refused(isAboveCap ? 'pay_code_cap_exceeded' : 'step_up_unreachable');
  // Nothing is said of the balance against an amount that nobody consented to.
  if (isAbove) return { kind: 'ask' };
  return event.availableMinor < event.amountMinor ? refused('insufficient_balance') : { kind: 'pay' };
}

function refused(code: RefusalCode): ChargeDecision {
  return { kind: 'refuse', code };
}
