import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { PayOrder, PayState } from './pay-state.ts';
import type { PaymentIntent } from './payment-intent.ts';

export type PayEvent =
  | { readonly kind: 'scan' }
  | { readonly kind: 'reject'; readonly code: RefusalCode }
  | { readonly kind: 'ask'; readonly order: PayOrder; readonly accountNumber: AccountNumber | undefined }
  | { readonly kind: 'choose-card'; readonly accountNumber: AccountNumber }
  | { readonly kind: 'confirm' }
  /** The passkey was closed, or something on this phone failed before the consent was stored. Nothing is lost. */
  | { readonly kind: 'ask-again'; readonly notice: RefusalCode; readonly prepared?: PaymentIntent }
  | { readonly kind: 'send'; readonly intent: PaymentIntent }
  /** No answer yet. `code` says why, when a try has failed. */
  | { readonly kind: 'wait'; readonly code?: RefusalCode }
  | { readonly kind: 'settle'; readonly intent: PaymentIntent }
  | { readonly kind: 'expire' }
  | { readonly kind: 'close' };

/** The next state of the screen; the same object when the event does not belong here (a late answer, a double tap). */
export function decidePay(state: PayState, event: PayEvent): PayState {
  switch (event.kind) {
    case 'scan':
      return canStart(state) ? { status: 'opening' } : state;
    case 'reject':
      return state.status === 'opening' ? { status: 'rejected', code: event.code } : state;
    case 'ask':
      return canStart(state) || state.status === 'opening'
        ? { status: 'asking', order: event.order, accountNumber: event.accountNumber }
        : state;
    case 'choose-card':
      return state.status === 'asking'
        ? { status: 'asking', order: state.order, accountNumber: event.accountNumber }
        : state;
    case 'confirm':
      return state.status === 'asking' && state.accountNumber
        ? { status: 'confirming', order: state.order, accountNumber: state.accountNumber }
        : state;
    case 'ask-again':
      return state.status === 'confirming'
        ? {
            status: 'asking',
            order: event.prepared ? { ...state.order, prepared: event.prepared } : state.order,
            accountNumber: state.accountNumber,
            notice: event.notice,
          }
        : state;
    case 'send':
      return state.status === 'confirming' || state.status === 'opening' || canStart(state)
        ? { status: 'sending', intent: event.intent, isSlow: false }
        : state;
    case 'wait':
      if (state.status !== 'sending') return state;
      return {
        status: 'sending',
        intent: state.intent,
        isSlow: true,
        ...((event.code ?? state.code) && { code: event.code ?? state.code! }),
      };
    case 'settle':
      return settle(state, event.intent);
    case 'expire':
      return state.status === 'asking' ? { status: 'rejected', code: 'request_expired' } : state;
    case 'close':
      // The passkey's dialogue belongs to the system; until it answers the sheet stays.
      return state.status === 'confirming' ? state : { status: 'none' };
  }
}

function canStart({ status }: PayState): boolean {
  return status === 'none' || status === 'rejected' || status === 'paid' || status === 'not-paid';
}

function settle(state: PayState, intent: PaymentIntent): PayState {
  const isShown = state.status === 'sending' && state.intent.id === intent.id;
  const isFoundAgain = state.status === 'opening';
  if (!isShown && !isFoundAgain) return state;
  if (intent.state.status === 'paid') return { status: 'paid', intent, isRepeated: isFoundAgain };
  if (intent.state.status === 'refused') return { status: 'not-paid', intent, code: intent.state.code };
  return state;
}
