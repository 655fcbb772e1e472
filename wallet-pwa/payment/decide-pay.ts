import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { type PayOrder, type PayState, waitedFor } from './pay-state.ts';
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
  /** No answer yet. `code` says why, when a try has failed; `isShowable`: there is time for the till to take it. */
  | { readonly kind: 'wait'; readonly code?: RefusalCode; readonly isShowable?: boolean }
  /** The till can not take it any more; it goes on being handed in. */
  | { readonly kind: 'shown-out' }
  /** The till's word that it took the consent is stored with it. */
  | { readonly kind: 'accept'; readonly intent: PaymentIntent }
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
      return wait(state, event);
    case 'shown-out':
      return showOut(state);
    case 'accept':
      return waitedFor(state)?.id === event.intent.id || state.status === 'opening'
        ? { status: 'accepted', intent: event.intent }
        : state;
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
  if (status === 'accepted') return true;
  return status === 'none' || status === 'rejected' || status === 'paid' || status === 'not-paid';
}

/** Without a network the consent is shown to the till; with one again, it is on its way by itself. */
function wait(state: PayState, { code, isShowable }: PayEvent & { kind: 'wait' }): PayState {
  const isToShow = code === 'no_network' && isShowable;
  switch (state.status) {
    case 'showing':
      if (isToShow || code === undefined) return state;
      return { status: 'sending', intent: state.intent, isSlow: true, code };
    case 'sending': {
      if (isToShow) return { status: 'showing', intent: state.intent };
      const known = code ?? state.code;
      return { status: 'sending', intent: state.intent, isSlow: true, ...(known && { code: known }) };
    }
    default:
      return state;
  }
}

/** What is out of an allowance may have been taken in the last moment: its screen stays, and waits for the till's word. */
function showOut(state: PayState): PayState {
  if (state.status !== 'showing') return state;
  const { intent } = state;
  if (intent.place) return { status: 'showing', intent, isOver: true };
  return { status: 'sending', intent, isSlow: true, code: 'no_network' };
}

function settle(state: PayState, intent: PaymentIntent): PayState {
  const isShown = waitedFor(state)?.id === intent.id;
  const isFoundAgain = state.status === 'opening';
  if (!isShown && !isFoundAgain) return state;
  if (intent.state.status === 'paid') return { status: 'paid', intent, isRepeated: isFoundAgain };
  if (intent.state.status === 'refused') return { status: 'not-paid', intent, code: intent.state.code };
  return state;
}
