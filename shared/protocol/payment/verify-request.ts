import type { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, isEqualBytes } from '../bytes.ts';
import type { CurrencyCode } from '../currency.ts';
import { decodeDocument, hashContent } from '../documents/document.ts';
import { PaymentRequest } from '../documents/request.ts';
import {
  type BatchNo,
  formatTraceKey,
  type MerchantNo,
  type OperatorNo,
  type ParticipantCode,
  type TerminalId,
  type TraceKey,
  type VoucherNo,
} from '../identifiers.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { TransTypeNumber } from '../trans-type.ts';
import { isWithinValidity, type TrustedTerminal } from './certificates.ts';

/** A request with its eight fields (R1.1), whose certificate and signature hold. */
export interface VerifiedRequest {
  readonly traceKey: TraceKey;
  readonly merchantNo: MerchantNo;
  readonly terminalId: TerminalId;
  readonly operatorNo: OperatorNo;
  readonly acquirer: ParticipantCode;
  readonly transType: TransTypeNumber;
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
  readonly amountMinor: AmountMinor;
  readonly currency: CurrencyCode;
  readonly exponent: number;
  readonly shopName: string;
  readonly requestedAtMs: number;
  readonly expiresAtMs: number;
  readonly nonce: Bytes;
  readonly hash: Bytes;
}

/**
 * Verifies a terminal's signed request against its certificate and the time. One function for the wallet and the edge.
 * @param nowMs the verifier's clock, corrected to the centre's
 * Refuses `document_malformed`, `certificate_invalid` (made for another certificate), `signature_invalid`,
 * `certificate_expired`, `clock_off` (from the future), `request_expired`.
 */
export async function verifyRequest(
  request: Uint8Array,
  terminal: TrustedTerminal,
  nowMs: number,
): Promise<Result<VerifiedRequest>> {
  const decoded = decodeDocument(PaymentRequest, request);
  if (!decoded.ok) return decoded;
  const { content, contentBytes } = decoded.value;
  if (!isEqualBytes(content.certificate, terminal.contentHash.subarray(0, 16))) return refuse('certificate_invalid');
  if (!(await decoded.value.verify(terminal.key))) return refuse('signature_invalid');
  const toleranceMs = BOUNDS.clockToleranceSeconds * 1000;
  if (!isWithinValidity(terminal.content, nowMs, toleranceMs)) return refuse('certificate_expired');
  const requestedAtMs = content.requestedAtSeconds * 1000;
  if (requestedAtMs > nowMs + toleranceMs) return refuse('clock_off');
  const expiresAtMs = requestedAtMs + content.validForSeconds * 1000;
  if (nowMs > expiresAtMs) return refuse('request_expired');
  const { acquirer, merchantNo, terminalId, currency, exponent, shopName } = terminal.content;
  const { operatorNo, transType, batchNo, voucherNo, amountMinor, nonce } = content;
  return accept({
    traceKey: formatTraceKey({ terminalId, batchNo, voucherNo }),
    merchantNo,
    terminalId,
    operatorNo,
    acquirer,
    transType,
    batchNo,
    voucherNo,
    amountMinor,
    currency,
    exponent,
    shopName,
    requestedAtMs,
    expiresAtMs,
    nonce,
    hash: await hashContent(PaymentRequest, contentBytes),
  });
}
