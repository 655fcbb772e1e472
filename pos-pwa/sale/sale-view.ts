import { assertNever } from '../app/assert-never.ts';
import type { Sale } from './sale.ts';

/**
 * What the screen says of a sale.
 * - code: it can be scanned and paid
 * - charging: the customer was scanned, and the answer is due any moment
 * - asked: the customer's phone is asked
 * - charge-refused: what was scanned did not pay; the cashier decides how to go on
 * - ending: over or taken back, and the answer is due any moment: nobody may scan any more
 * - guaranteed: taken without the centre; it settles by itself
 * - not-settled: taken without the centre, which refused it afterwards
 * - checking: how it ended is not known and cannot be asked now; never called failed
 */
export type SaleView =
  | 'code'
  | 'charging'
  | 'asked'
  | 'charge-refused'
  | 'ending'
  | 'checking'
  | 'paid'
  | 'not-paid'
  | 'guaranteed'
  | 'not-settled';

const OPEN_VIEWS = { made: 'code', waiting: 'code', asked: 'asked', 'charge-refused': 'charge-refused' } as const;

export function viewSale(
  { state, expiresAtMs }: Pick<Sale, 'state' | 'expiresAtMs'>,
  isOnline: boolean,
  nowMs: number,
): SaleView {
  switch (state.status) {
    case 'paid':
      return 'paid';
    case 'not-paid':
    case 'not-settled':
      return state.status;
    case 'accepted':
      return 'guaranteed';
    case 'cancelling':
      return isOnline ? 'ending' : 'checking';
    case 'charging':
      // Whether it has paid is not known while nobody answers: no code is shown beside it.
      return isOnline ? 'charging' : 'checking';
    case 'made':
    case 'waiting':
    case 'asked':
    case 'charge-refused':
      if (nowMs < expiresAtMs) return OPEN_VIEWS[state.status];
      return isOnline ? 'ending' : 'checking';
    default:
      return assertNever(state);
  }
}
