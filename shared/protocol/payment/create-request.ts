import type { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, createRandomBytes } from '../bytes.ts';
import { encodeContent, hashContent, signDocument } from '../documents/document.ts';
import { PaymentRequest, RequestCancellation } from '../documents/request.ts';
import type { BatchNo, OperatorNo, VoucherNo } from '../identifiers.ts';
import type { SigningKey } from '../signing-key.ts';
import { TRANS_TYPES, type TransType } from '../trans-type.ts';

export interface RequestFields {
  readonly operatorNo: OperatorNo;
  readonly transType: TransType;
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
  readonly amountMinor: AmountMinor;
  /** The terminal's clock, corrected to the centre's. */
  readonly nowMs: number;
  readonly validForSeconds?: number;
}

/** A terminal's signed request, and its hash: what the payer will consent to and the centre will match on. */
export interface CreatedRequest {
  readonly document: Bytes;
  readonly hash: Bytes;
  readonly expiresAtMs: number;
}

/**
 * @param certificateHash content hash of the terminal certificate (`TrustedTerminal.contentHash`)
 * The nonce is drawn here, from the platform's cryptographic source: nobody can sign ahead of a request.
 */
export async function createRequest(
  fields: RequestFields,
  certificateHash: Uint8Array,
  key: SigningKey,
): Promise<CreatedRequest> {
  const validForSeconds = fields.validForSeconds ?? BOUNDS.requestValidSeconds;
  const requestedAtSeconds = Math.floor(fields.nowMs / 1000);
  const content = {
    certificate: certificateHash.slice(0, 16) as Bytes,
    operatorNo: fields.operatorNo,
    transType: TRANS_TYPES[fields.transType],
    batchNo: fields.batchNo,
    voucherNo: fields.voucherNo,
    amountMinor: fields.amountMinor,
    requestedAtSeconds,
    validForSeconds,
    nonce: createRandomBytes(BOUNDS.nonceBytes),
  };
  const document = await signDocument(PaymentRequest, content, key);
  const hash = await hashContent(PaymentRequest, encodeContent(PaymentRequest, content));
  return { document, hash, expiresAtMs: (requestedAtSeconds + validForSeconds) * 1000 };
}

/** The terminal's signed word that it takes a request back. */
export async function createCancellation(
  request: { hash: Bytes; batchNo: BatchNo; voucherNo: VoucherNo },
  nowMs: number,
  key: SigningKey,
): Promise<Bytes> {
  const { hash, batchNo, voucherNo } = request;
  return signDocument(RequestCancellation, { requestHash: hash, batchNo, voucherNo, cancelledAtMs: nowMs }, key);
}
