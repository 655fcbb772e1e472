import type { ScannedCustomer } from './scanned-customer.ts';

/**
 * Whether what the customer agreed to covers an amount.
 * - covered: charged at once (as far as the till can tell)
 * - over-cap: more than they allowed
 * - step-up: more than the programme takes without asking
 * For the last two the customer's phone is asked to confirm the exact amount.
 */
export type Cover = 'covered' | 'over-cap' | 'step-up';

export function judgeCover(
  amountMinor: number,
  { capMinor }: Pick<ScannedCustomer, 'capMinor'>,
  stepUpMinor: number,
): Cover {
  if (capMinor !== undefined && amountMinor > capMinor) return 'over-cap';
  return amountMinor > stepUpMinor ? 'step-up' : 'covered';
}
