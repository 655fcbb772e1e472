import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { encodeCbor } from '../../../shared/protocol/cbor.ts';
import { Authorisation } from '../../../shared/protocol/documents/authorisation.ts';
import { encodeContent } from '../../../shared/protocol/documents/document.ts';
import { PayCode } from '../../../shared/protocol/documents/pay-code.ts';
import { PaymentRequest } from '../../../shared/protocol/documents/request.ts';
import { hashContentNow } from '../sha256.ts';
import type { CertificateShelf } from './certificates.ts';
import type { PaidRecord, RequestRecord } from './requests.ts';

/**
 * All that proves a payment, as it came: anyone with the centre's public key can verify it again, and with nothing but
 * the protocol.
 */
export interface PaymentEvidence {
  readonly request: Bytes;
  readonly terminalCertificate: Bytes;
  /** Of a paid request: the authorisation; or the showing of the pay code, and the terminal's word that it scanned it. */
  readonly authorisation?: Bytes;
  readonly showing?: Bytes;
  readonly capture?: Bytes;
  readonly assertion?: Bytes;
  readonly walletCertificate?: Bytes;
}

/**
 * The books keep of a signed document only what they do not know otherwise. There is one canonical encoding, so content
 * and signature make the very bytes again that came in; that the signature fits them is the proof (`check-evidence.ts`).
 */
export function rebuildEvidence(shelf: CertificateShelf, record: RequestRecord): PaymentEvidence {
  const request = assembleDocument(encodeRequestContent(shelf, record), record.signature);
  const evidence = { request, terminalCertificate: shelf.terminal(record.certificate).document };
  const { paid } = record;
  if (!paid) return evidence;
  const { payCode } = paid;
  const consent = payCode
    ? { showing: payCode.showing, capture: payCode.capture }
    : { authorisation: assembleDocument(encodeAuthorisationContent(shelf, record, paid), paid.signature) };
  return {
    ...evidence,
    ...consent,
    assertion: paid.assertion,
    walletCertificate: shelf.wallet(paid.walletCertificate).document,
  };
}

/** Content hash of the authorisation or pay code that paid: the identity of the consent, and the passkey's challenge. */
export function rebuildAuthorisationHash(shelf: CertificateShelf, record: RequestRecord, paid: PaidRecord): Bytes {
  if (paid.payCode) return hashContentNow(PayCode, paid.payCode.content);
  return hashContentNow(Authorisation, encodeAuthorisationContent(shelf, record, paid));
}

export function rebuildRequestHash(shelf: CertificateShelf, record: RequestRecord): Bytes {
  return hashContentNow(PaymentRequest, encodeRequestContent(shelf, record));
}

function encodeRequestContent(shelf: CertificateShelf, record: RequestRecord): Bytes {
  const { operatorNo, transType, batchNo, voucherNo, amountMinor } = record;
  const { requestedAtSeconds, validForSeconds, nonce } = record;
  return encodeContent(PaymentRequest, {
    certificate: shelf.terminal(record.certificate).contentHash.slice(0, 16) as Bytes,
    operatorNo,
    transType,
    batchNo,
    voucherNo,
    amountMinor,
    requestedAtSeconds,
    validForSeconds,
    nonce,
  });
}

function encodeAuthorisationContent(shelf: CertificateShelf, record: RequestRecord, paid: PaidRecord): Bytes {
  return encodeContent(Authorisation, {
    requestHash: record.hash,
    accountToken: shelf.wallet(paid.walletCertificate).content.accountToken,
    amountMinor: record.amountMinor,
    authorisedAtMs: paid.authorisedAtMs,
    ...paid.link,
  });
}

/** The header of what devices sign: EdDSA and no key id, for their key is in their certificate. */
const DEVICE_HEADER = encodeCbor(new Map([[1, -8]]));

function assembleDocument(contentBytes: Bytes, signature: Bytes): Bytes {
  return encodeCbor([DEVICE_HEADER, new Map(), contentBytes, signature]);
}
