import type { SignedRequest } from '../../shared/protocol/codes/pos-code.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { VerifiedRequest } from '../../shared/protocol/payment/verify-request.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { PaymentIntent } from './payment-intent.ts';

/** A request whose seal, certificate, signature and time held: what the consent sheet shows. */
export interface PayOrder {
  readonly request: VerifiedRequest;
  readonly documents: SignedRequest;
  /** Of an interrupted payment: the very authorisation that is to be signed again. */
  readonly prepared?: PaymentIntent;
  /** It came because the person's code does not cover it: the sheet says so. */
  readonly isBeyondCode?: true;
}

/** Where one payment stands on the screen. What is kept on the phone is the intent; this may be lost and costs nothing. */
export type PayState =
  | { readonly status: 'none' }
  /** The code is being opened and checked. */
  | { readonly status: 'opening' }
  /** It is no request that may be paid. */
  | { readonly status: 'rejected'; readonly code: RefusalCode }
  /** The sheet: shop, amount, card. `notice` says calmly why it is here again. */
  | {
      readonly status: 'asking';
      readonly order: PayOrder;
      readonly accountNumber: AccountNumber | undefined;
      readonly notice?: RefusalCode;
    }
  /** The passkey dialogue is open. */
  | { readonly status: 'confirming'; readonly order: PayOrder; readonly accountNumber: AccountNumber }
  /** Signed and stored; the centre has not answered yet. After a moment, or a failed try, it is said on the screen. */
  | {
      readonly status: 'sending';
      readonly intent: PaymentIntent;
      readonly isSlow: boolean;
      readonly code?: RefusalCode;
    }
  /** Signed and stored, and this phone has no network: the till takes it off the screen, until time `isOver`. */
  | { readonly status: 'showing'; readonly intent: PaymentIntent; readonly isOver?: true }
  /** The till took it on its own, and its signed word is stored; the centre hears of it later. */
  | { readonly status: 'accepted'; readonly intent: PaymentIntent }
  /** The receipt is verified and stored. */
  | { readonly status: 'paid'; readonly intent: PaymentIntent; readonly isRepeated: boolean }
  | { readonly status: 'not-paid'; readonly intent: PaymentIntent; readonly code: RefusalCode };

/** An outcome, or a word that there is none yet, fills the window. */
export function isOutcomeShown(state: PayState): boolean {
  const { status } = state;
  if (status === 'sending') return state.isSlow;
  return status === 'paid' || status === 'not-paid' || status === 'showing' || status === 'accepted';
}

/** The consent whose end is waited for before somebody's eyes. */
export function waitedFor(state: PayState): PaymentIntent | undefined {
  const { status } = state;
  return status === 'sending' || status === 'showing' || status === 'accepted' ? state.intent : undefined;
}

/** From the code being read until somebody has signed and the outcome is known: nothing is to change under the payment. */
export function isPaying({ status }: PayState): boolean {
  return status !== 'none' && status !== 'rejected' && status !== 'paid' && status !== 'not-paid';
}

/** No update reloads the page while a payment is on it, from the code being read until its outcome was looked at. */
export function isPaymentShown({ status }: PayState): boolean {
  return status !== 'none';
}
