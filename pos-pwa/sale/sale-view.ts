import { assertNever } from '../app/assert-never.ts';
import type { Sale } from './sale.ts';

/**
 * What the screen says of a sale.
 * - code: it can be scanned and paid
 * - ending: over or taken back, and the answer is due any moment: nobody may scan any more
 * - checking: how it ended is not known and cannot be asked now; never called failed
 */
export type SaleView = 'code' | 'ending' | 'checking' | 'paid' | 'not-paid';

export function viewSale(
  { state, expiresAtMs }: Pick<Sale, 'state' | 'expiresAtMs'>,
  isOnline: boolean,
  nowMs: number,
): SaleView {
  switch (state.status) {
    case 'paid':
      return 'paid';
    case 'not-paid':
      return 'not-paid';
    case 'cancelling':
      return isOnline ? 'ending' : 'checking';
    case 'made':
    case 'waiting':
      if (nowMs < expiresAtMs) return 'code';
      return isOnline ? 'ending' : 'checking';
    default:
      return assertNever(state);
  }
}
