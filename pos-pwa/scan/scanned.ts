import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { CarriedConsent, Sale } from '../sale/sale.ts';
import type { ScannedCustomer } from './scanned-customer.ts';

/** What a customer's phone may hold before the till. */
export type Scanned =
  /** A pay code: whoever they owe may charge it. */
  | { readonly kind: 'customer'; readonly customer: ScannedCustomer }
  /** Their phone has no network: the consent to this very sale, for the till to hand in. */
  | { readonly kind: 'consent'; readonly consent: CarriedConsent }
  /** The till has no network: the centre's signed word that this very sale is paid. */
  | { readonly kind: 'receipt'; readonly receipt: ReceiptContent; readonly document: Bytes };

/** What a refusal is about, where the code alone does not say what to do: the words differ. */
export type ScanSubject = 'pay-code' | 'consent' | 'receipt' | 'receipt-refused';

export interface ScanRefusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly about?: ScanSubject;
}

export type ScanResult = { readonly ok: true; readonly value: Scanned } | ScanRefusal;

/** The sale that is on the counter, where there is one: consents and receipts must be of its own request. */
export type ScannedFor = Pick<Sale, 'requestHash' | 'amountMinor'>;
