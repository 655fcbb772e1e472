import { decodeBase64url } from '../../shared/protocol/bytes.ts';
import type { CentreTrust } from '../../shared/protocol/centre-trust.ts';
import { isPaid, verifyReceiptOf } from '../../shared/protocol/payment/verify-receipt.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import type { SaleEvent } from './decide-sale.ts';
import type { Sale } from './sale.ts';

/**
 * What an answer of the centre means for a sale. "Paid" is believed only by a receipt for this very request, signed by a
 * key of the pinned centre: not by a status in JSON, whoever sent it.
 * Refuses `request_mismatch` (another sale's), `document_malformed`, `certificate_invalid`, `programme_mismatch`.
 */
export async function readAnswer(
  sale: Pick<Sale, 'traceKey' | 'requestHash' | 'amountMinor'>,
  answer: PaymentAnswer,
  trust: CentreTrust,
): Promise<Result<SaleEvent>> {
  if (answer.traceKey !== sale.traceKey) return refuse('request_mismatch');
  if (answer.status !== 'paid') {
    const { status, lastRefusal, isCustomerAsked } = answer;
    return accept({
      kind: 'answer',
      status,
      ...(lastRefusal && { lastRefusal: lastRefusal.code }),
      ...(isCustomerAsked && { isCustomerAsked }),
    });
  }
  const document = answer.receipt === undefined ? undefined : decodeBase64url(answer.receipt);
  if (!document) return refuse('document_malformed');
  const receipt = await verifyReceiptOf({ hash: sale.requestHash, amountMinor: sale.amountMinor }, document, trust);
  if (!receipt.ok) return receipt;
  if (!isPaid(receipt.value)) return refuse('request_mismatch');
  const { paidAtMs } = answer;
  return accept({ kind: 'receipt', receipt: receipt.value, document, ...(paidAtMs !== undefined && { paidAtMs }) });
}
