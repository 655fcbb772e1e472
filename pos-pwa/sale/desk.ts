import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { CustomerScan } from '../scan/customer-scan.ts';
import type { ScannedCustomer } from '../scan/scanned-customer.ts';
import type { Sale, SaleStatus } from './sale.ts';

/** Why a customer is being scanned: to be charged later, at once, or for the sale in front. */
export type ScanPurpose =
  | { readonly kind: 'customer' }
  | { readonly kind: 'charge'; readonly amountMinor: number }
  | { readonly kind: 'sale'; readonly amountMinor: number };

/** What the cashier has before them. */
export interface Desk {
  /** A customer is being scanned, over whatever else is there. */
  readonly scanning?: { readonly purpose: ScanPurpose; readonly scan: CustomerScan } | undefined;
  /** Scanned before the amount was keyed: whom the next sale charges. */
  readonly customer?: ScannedCustomer | undefined;
  /** The sale on the screen; undefined: the amount pad. */
  readonly front?: Sale | undefined;
  /** Text of its code, made before it is shown. */
  readonly codeText?: string | undefined;
  /** The cashier looks back at it ("did the last one go through?"); it did not just end. */
  readonly isLookingBack: boolean;
  /** Why the sale in front cannot be asked about. */
  readonly trouble?: RefusalCode | undefined;
  readonly last?: Sale | undefined;
  /** Sales that are still being asked for, the one in front among them. */
  readonly openCount: number;
}

/** Statuses in which the customer can be charged for the sale in front. A receipt will do in any. */
export const CHARGEABLE: readonly SaleStatus[] = ['made', 'waiting', 'asked', 'charge-refused'];

/** Whether what has become of a sale ends the scan that was made for it. */
export function isScanOver({ front, scanning }: Desk, { traceKey, state: { status } }: Sale): boolean {
  if (front?.traceKey !== traceKey || scanning?.purpose.kind !== 'sale') return false;
  return front.state.status !== status && !CHARGEABLE.includes(status);
}
