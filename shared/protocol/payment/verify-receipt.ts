import { isEqualBytes } from '../bytes.ts';
import { type CentreTrust, verifyCentreDocument } from '../centre-trust.ts';
import { RECEIPT_STATUSES, Receipt, type ReceiptContent } from '../documents/receipt.ts';
import { accept, type Result, refuse } from '../result.ts';

/**
 * Whether the centre signed this receipt. Anyone with the centre's public key can ask.
 * Refuses `document_malformed`, `certificate_invalid` (not this centre's), `programme_mismatch`.
 */
export async function verifyReceipt(bytes: Uint8Array, trust: CentreTrust): Promise<Result<ReceiptContent>> {
  const verified = await verifyCentreDocument(Receipt, bytes, trust);
  return verified.ok ? accept(verified.value.content) : verified;
}

/** A till believes "paid" only by a receipt for its very own request. Refuses also `request_mismatch`. */
export async function verifyReceiptOf(
  request: { hash: Uint8Array; amountMinor: number },
  bytes: Uint8Array,
  trust: CentreTrust,
): Promise<Result<ReceiptContent>> {
  const receipt = await verifyReceipt(bytes, trust);
  if (!receipt.ok) return receipt;
  const { requestHash, amountMinor } = receipt.value;
  return isEqualBytes(requestHash, request.hash) && amountMinor === request.amountMinor
    ? receipt
    : refuse('request_mismatch');
}

export function isPaid(receipt: ReceiptContent): boolean {
  return receipt.status === RECEIPT_STATUSES.paid;
}
