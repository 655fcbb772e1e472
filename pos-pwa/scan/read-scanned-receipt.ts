import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { isPaid, verifyReceiptOf } from '../../shared/protocol/payment/verify-receipt.ts';
import { accept } from '../../shared/protocol/result.ts';
import type { ScannedFor, ScanResult } from './scanned.ts';

/**
 * The receipt a customer shows: believed only as the centre's signed word on this sale's own request.
 * Refuses `document_malformed`, `certificate_invalid` (not this centre's), `programme_mismatch`, `request_mismatch` (another
 * payment's, or there is no sale yet), and with why the payment was refused, where the receipt says that.
 */
export async function readScannedReceipt(
  document: Bytes,
  trust: CentreTrust,
  sale: ScannedFor | undefined,
): Promise<ScanResult> {
  if (!sale) return { ok: false, code: 'request_mismatch', about: 'receipt' };
  const receipt = await verifyReceiptOf({ hash: sale.requestHash, amountMinor: sale.amountMinor }, document, trust);
  if (!receipt.ok) return { ok: false, code: receipt.code, about: 'receipt' };
  if (isPaid(receipt.value)) return accept({ kind: 'receipt', receipt: receipt.value, document });
  return { ok: false, code: receipt.value.refusal ?? 'internal', about: 'receipt-refused' };
}
