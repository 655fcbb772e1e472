import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { REFUSALS, type RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Charge, SaleState, TakenAlone } from './sale.ts';

/** What may happen to a sale after it was made. */
export type SaleEvent =
  /** A receipt for this very sale, signature verified, that says "paid". */
  | { readonly kind: 'receipt'; readonly receipt: ReceiptContent; readonly document: Bytes; readonly paidAtMs?: number }
  /** The same, off the customer's phone: the centre may not have heard of the sale from the till yet. */
  | { readonly kind: 'receipt-shown'; readonly receipt: ReceiptContent; readonly document: Bytes }
  /** The till's own request of a sale that is paid has come to the centre. */
  | { readonly kind: 'handed-in' }
  /** The centre's answer without a receipt. */
  | {
      readonly kind: 'answer';
      readonly status: 'waiting' | 'cancelled' | 'expired';
      readonly lastRefusal?: RefusalCode;
      /** While waiting: the scanned customer was asked on the phone. */
      readonly isCustomerAsked?: boolean;
    }
  /** The centre refused the request as it was handed in. */
  | { readonly kind: 'submission-refused'; readonly code: RefusalCode }
  /** The centre has never seen it (any more): it has to be handed in again. */
  | { readonly kind: 'unknown-at-centre' }
  /** The customer was scanned for this sale: a pay code, or the consent that their phone could not hand in. */
  | { readonly kind: 'charged'; readonly charge: Charge }
  /** The direct answer to a charge: its customer is asked on the phone. */
  | { readonly kind: 'charge-asked' }
  /** The centre refused what was scanned, not the sale. */
  | { readonly kind: 'charge-refused'; readonly code: RefusalCode }
  /** The cashier shows the till's code instead. */
  | { readonly kind: 'code-chosen' }
  | { readonly kind: 'cancel-asked' }
  /** Nobody answered: the till verified the consent itself and took it. */
  | ({ readonly kind: 'taken-alone' } & TakenAlone)
  /** The centre will not settle what the till took alone. */
  | { readonly kind: 'settlement-refused'; readonly code: RefusalCode };

/**
 * Pure transition of one sale. Guards in order of precedence: a verified receipt beats whatever was believed before, since
 * money has moved; an ended sale does not change otherwise; a refusal that may be different next time changes nothing.
 */
export function decideSale(state: SaleState, event: SaleEvent): SaleState {
  if (state.status === 'paid') return decidePaid(state, event);
  if (state.status === 'accepted' || state.status === 'not-settled') return decideTaken(state, event);
  if (event.kind === 'receipt-shown') {
    const { receipt, document } = event;
    return { status: 'paid', receipt, document, ...(!isAtCentre(state) && { handInDue: 1 }) };
  }
  if (event.kind === 'receipt') {
    const { kind: _, ...paid } = event;
    return { status: 'paid', ...paid };
  }
  if (state.status === 'not-paid') return state;
  switch (event.kind) {
    case 'answer':
      return decideAnswer(state, event);
    case 'submission-refused':
      return REFUSALS[event.code].isFinal ? { status: 'not-paid', code: event.code } : state;
    case 'unknown-at-centre':
      if (state.status === 'asked') return { status: 'charging', charge: state.charge };
      return state.status === 'waiting' ? { status: 'made' } : state;
    case 'charged':
      // What was scanned before is on its way, or the sale is being taken back: one wish at a time.
      if (state.status === 'charging' || state.status === 'cancelling') return state;
      return { status: 'charging', charge: event.charge };
    case 'charge-asked':
      return state.status === 'charging' ? { status: 'asked', charge: state.charge } : state;
    case 'charge-refused':
      return state.status === 'charging' ? { status: 'charge-refused', code: event.code } : state;
    case 'code-chosen':
      return state.status === 'asked' || state.status === 'charge-refused' ? { status: 'made' } : state;
    case 'cancel-asked':
      return { status: 'cancelling' };
    case 'taken-alone': {
      if (state.status === 'cancelling') return state;
      const { kind: _, ...taken } = event;
      return { status: 'accepted', ...taken };
    }
    case 'handed-in':
    case 'settlement-refused':
      return state;
  }
}

/** Goods were handed over for it: only the centre's receipt or its plain refusal of this very consent changes anything. */
function decideTaken(state: SaleState & { status: 'accepted' | 'not-settled' }, event: SaleEvent): SaleState {
  switch (event.kind) {
    case 'receipt':
    case 'receipt-shown':
      // The centre had the request from the consent's bearer; the till's own is matched with it.
      return {
        status: 'paid',
        receipt: event.receipt,
        document: event.document,
        paidAtMs: state.acceptedAtMs,
        handInDue: 1,
      };
    case 'settlement-refused':
      return { ...state, status: 'not-settled', code: event.code };
    default:
      return state;
  }
}

function decidePaid(state: SaleState & { status: 'paid' }, event: SaleEvent): SaleState {
  if (event.kind !== 'handed-in' || state.handInDue === undefined) return state;
  const { handInDue: _, ...paid } = state;
  return paid;
}

/** Whether the centre has said that it has the till's own request. In doubt it is handed in again: that changes nothing. */
function isAtCentre({ status }: SaleState): boolean {
  return status === 'waiting' || status === 'asked';
}

function decideAnswer(state: SaleState, answer: SaleEvent & { kind: 'answer' }): SaleState {
  switch (answer.status) {
    case 'cancelled':
      return { status: 'not-paid', code: 'request_cancelled' };
    case 'expired':
      return { status: 'not-paid', code: 'request_expired' };
    case 'waiting':
      return decideWaiting(state, answer);
  }
}

function decideWaiting(state: SaleState, { lastRefusal, isCustomerAsked }: SaleEvent & { kind: 'answer' }): SaleState {
  const refused = lastRefusal === undefined ? {} : { lastRefusal };
  switch (state.status) {
    // Until the cancellation is answered it may still be paid; the wish to cancel is not forgotten meanwhile.
    case 'cancelling':
    // That the request waits is known; what became of the scan is for the cashier to act on.
    case 'charge-refused':
    // News of the request, or of another customer who was scanned for it before: what was scanned is not answered yet.
    case 'charging':
      return state;
    case 'asked':
      // Nobody is asked any more, and nobody has paid: the customer declined.
      if (!isCustomerAsked) return { status: 'charge-refused', code: 'pay_code_cancelled' };
      return { status: 'asked', charge: state.charge, ...refused };
    default:
      return { status: 'waiting', ...refused };
  }
}
