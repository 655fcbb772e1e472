import { type Bytes, isEqualBytes } from '../bytes.ts';
import type { RefusalCode } from '../refusals.ts';

/**
 * The life of one payment, named by its trace key, as the centre sees it: data and one pure, synchronous decision.
 *
 *     none ──submit──▶ waiting ──authorise──▶ paid
 *                         └──────cancel──────▶ cancelled
 *
 * A waiting request that nobody paid in time simply is `waiting` with `expiresAtMs` behind it: no timer has to run.
 * A refused authorisation leaves the state as it was: the customer may try another card.
 */
export type PaymentState =
  | { readonly status: 'none' }
  | {
      readonly status: 'waiting';
      readonly requestHash: Bytes;
      readonly amountMinor: number;
      readonly expiresAtMs: number;
    }
  | { readonly status: 'cancelled'; readonly requestHash: Bytes }
  | { readonly status: 'paid'; readonly requestHash: Bytes; readonly authorisationHash: Bytes };

export type PaymentStatus = PaymentState['status'];

export type PartyStatus = 'open' | 'frozen' | 'closed' | 'unknown';

export interface SubmitEvent {
  readonly kind: 'submit';
  readonly requestHash: Bytes;
  readonly amountMinor: number;
  readonly expiresAtMs: number;
  readonly isSale: boolean;
  readonly merchant: PartyStatus;
  readonly terminal: PartyStatus;
  readonly operator: PartyStatus;
  /** Of the programme's settings. */
  readonly amountMinorMax: number;
}

export interface AuthoriseEvent {
  readonly kind: 'authorise';
  readonly requestHash: Bytes;
  readonly authorisationHash: Bytes;
  readonly amountMinor: number;
  /** Asked again at this moment: who was closed since it asked is not paid. */
  readonly merchant: PartyStatus;
  readonly terminal: PartyStatus;
  readonly account: PartyStatus;
  /** Posted balance less holds. */
  readonly availableMinor: number;
  readonly isSameCurrency: boolean;
}

export interface CancelEvent {
  readonly kind: 'cancel';
  readonly requestHash: Bytes;
}

export type PaymentEvent = SubmitEvent | AuthoriseEvent | CancelEvent;

export type PaymentDecision =
  | { readonly kind: 'apply'; readonly next: PaymentState }
  /** The same document again: answer as the first time, change nothing. */
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refuse'; readonly code: RefusalCode };

/** Guards stand in order of precedence; after the last one the transition must succeed. */
export function decidePayment(state: PaymentState, event: PaymentEvent, nowMs: number): PaymentDecision {
  switch (event.kind) {
    case 'submit':
      return decideSubmit(state, event, nowMs);
    case 'authorise':
      return decideAuthorise(state, event, nowMs);
    case 'cancel':
      return decideCancel(state, event);
  }
}

function decideSubmit(state: PaymentState, event: SubmitEvent, nowMs: number): PaymentDecision {
  if (state.status !== 'none') {
    return isEqualBytes(state.requestHash, event.requestHash) ? { kind: 'repeat' } : refused('voucher_reused');
  }
  if (event.merchant === 'unknown') return refused('merchant_unknown');
  if (event.merchant !== 'open') return refused('merchant_closed');
  if (event.terminal === 'unknown') return refused('terminal_unknown');
  if (event.terminal !== 'open') return refused('terminal_closed');
  if (event.operator !== 'open') return refused('operator_unknown');
  if (!event.isSale) return refused('trans_type_unsupported');
  if (event.amountMinor > event.amountMinorMax) return refused('amount_out_of_bounds');
  if (nowMs > event.expiresAtMs) return refused('request_expired');
  const { requestHash, amountMinor, expiresAtMs } = event;
  return { kind: 'apply', next: { status: 'waiting', requestHash, amountMinor, expiresAtMs } };
}

function decideAuthorise(state: PaymentState, event: AuthoriseEvent, nowMs: number): PaymentDecision {
  if (state.status === 'none') return refused('request_unknown');
  if (!isEqualBytes(state.requestHash, event.requestHash)) return refused('request_mismatch');
  if (state.status === 'paid') {
    return isEqualBytes(state.authorisationHash, event.authorisationHash)
      ? { kind: 'repeat' }
      : refused('already_paid');
  }
  if (state.status === 'cancelled') return refused('request_cancelled');
  if (nowMs > state.expiresAtMs) return refused('request_expired');
  if (event.merchant !== 'open') return refused('merchant_closed');
  if (event.terminal !== 'open') return refused('terminal_closed');
  if (event.amountMinor !== state.amountMinor) return refused('amount_mismatch');
  if (event.account === 'unknown') return refused('account_unknown');
  if (event.account !== 'open') return refused('account_frozen');
  if (!event.isSameCurrency) return refused('currency_mismatch');
  if (event.availableMinor < event.amountMinor) return refused('insufficient_balance');
  const { requestHash, authorisationHash } = event;
  return { kind: 'apply', next: { status: 'paid', requestHash, authorisationHash } };
}

function decideCancel(state: PaymentState, event: CancelEvent): PaymentDecision {
  if (state.status === 'none') return refused('request_unknown');
  if (!isEqualBytes(state.requestHash, event.requestHash)) return refused('request_mismatch');
  if (state.status === 'paid') return refused('already_paid');
  if (state.status === 'cancelled') return { kind: 'repeat' };
  return { kind: 'apply', next: { status: 'cancelled', requestHash: event.requestHash } };
}

function refused(code: RefusalCode): PaymentDecision {
  return { kind: 'refuse', code };
}
