import type { AmountMinor } from '../../shared/protocol/amount.ts';
import { formatTraceKey } from '../../shared/protocol/identifiers.ts';
import { createRequest } from '../../shared/protocol/payment/create-request.ts';
import type { CashierRecord } from '../storage/till-database.ts';
import type { Terminal } from '../till/terminal.ts';
import type { Sale } from './sale.ts';
import type { TakenVoucher } from './voucher-numbers.ts';

/** Makes and signs the request for one sale. The voucher number must have been taken in storage before. */
export async function createSale(
  amountMinor: AmountMinor,
  { certificate, record, key }: Terminal,
  cashier: CashierRecord,
  { batchNo, voucherNo }: TakenVoucher,
  nowMs: number,
): Promise<Sale> {
  const { terminalId, currency, exponent, shopName } = certificate.content;
  const { operatorNo, name: operatorName } = cashier;
  const created = await createRequest(
    {
      operatorNo,
      transType: 'sale',
      batchNo,
      voucherNo,
      amountMinor,
      nowMs,
      validForSeconds: record.programme.requestValidSeconds,
    },
    certificate.contentHash,
    key,
  );
  return {
    traceKey: formatTraceKey({ terminalId, batchNo, voucherNo }),
    batchNo,
    voucherNo,
    operatorNo,
    operatorName,
    amountMinor,
    currency: { code: currency, exponent },
    shopName,
    request: created.document,
    requestHash: created.hash,
    terminalCertificate: record.terminalCertificate,
    requestedAtMs: nowMs,
    expiresAtMs: created.expiresAtMs,
    state: { status: 'made' },
  };
}
