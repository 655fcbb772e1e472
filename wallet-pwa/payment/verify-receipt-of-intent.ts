import { type Bytes, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { RECEIPT_STATUSES, type ReceiptContent } from '../../shared/protocol/documents/receipt.ts';
import { verifyReceiptOf } from '../../shared/protocol/payment/verify-receipt.ts';
import { type Result, refuse } from '../../shared/protocol/result.ts';
import type { PaymentIntent } from './payment-intent.ts';

/**
 * Whether `bytes` are the centre's signed word on exactly this consent: right request, right amount, right authorisation.
 * Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`, `request_mismatch`.
 */
export async function verifyReceiptOfIntent(
  intent: PaymentIntent,
  bytes: Bytes,
  trust: CentreTrust,
): Promise<Result<ReceiptContent>> {
  const { requestHash, amountMinor } = intent.facts;
  const receipt = await verifyReceiptOf({ hash: requestHash, amountMinor }, bytes, trust);
  if (!receipt.ok) return receipt;
  return isEqualBytes(receipt.value.authorisationHash, intent.authorisationHash) ? receipt : refuse('request_mismatch');
}

export function saysPaid(receipt: ReceiptContent): boolean {
  return receipt.status === RECEIPT_STATUSES.paid;
}
