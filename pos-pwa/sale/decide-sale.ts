import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { REFUSALS, type RefusalCode } from '../../shared/protocol/refusals.ts';
import type { SaleState } from './sale.ts';

/** What may happen to a sale after it was made. */
export type SaleEvent =
  /** A receipt for this very sale, signature verified, that says "paid". */
  | { readonly kind: 'receipt'; readonly receipt: ReceiptContent; readonly document: Bytes }
  /** The centre's answer without a receipt. */
  | {
      readonly kind: 'answer';
      readonly status: 'waiting' | 'cancelled' | 'expired';
      readonly lastRefusal?: RefusalCode;
    }
  /** The centre refused the request as it was handed in. */
  | { readonly kind: 'submission-refused'; readonly code: RefusalCode }
  /** The centre has never seen it (any more): it has to be handed in again. */
  | { readonly kind: 'unknown-at-centre' }
  | { readonly kind: 'cancel-asked' };

/**
 * Pure transition of one sale. Guards in order of precedence: a verified receipt beats whatever was believed before, since
 * money has moved; an ended sale does not change otherwise; a refusal that may be different next time changes nothing.
 */
export function decideSale(state: SaleState, event: SaleEvent): SaleState {
  if (state.status === 'paid') return state;
  if (event.kind === 'receipt') return { status: 'paid', receipt: event.receipt, document: event.document };
  if (state.status === 'not-paid') return state;
  switch (event.kind) {
    case 'answer':
      return decideAnswer(state, event.status, event.lastRefusal);
    case 'submission-refused':
      return REFUSALS[event.code].isFinal ? { status: 'not-paid', code: event.code } : state;
    case 'unknown-at-centre':
      return state.status === 'waiting' ? { status: 'made' } : state;
    case 'cancel-asked':
      return { status: 'cancelling' };
  }
}

function decideAnswer(
  state: SaleState,
  answered: 'waiting' | 'cancelled' | 'expired',
  lastRefusal: RefusalCode | undefined,
): SaleState {
  switch (answered) {
    case 'cancelled':
      return { status: 'not-paid', code: 'request_cancelled' };
    case 'expired':
      return { status: 'not-paid', code: 'request_expired' };
    case 'waiting':
      // Until the cancellation is answered it may still be paid; the wish to cancel is not forgotten meanwhile.
      if (state.status === 'cancelling') return state;
      return lastRefusal === undefined ? { status: 'waiting' } : { status: 'waiting', lastRefusal };
  }
}
