import { encodeHex, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { Authorisation } from '../../../shared/protocol/documents/authorisation.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { PaymentRequest } from '../../../shared/protocol/documents/request.ts';
import {
  decodePasskeyAssertion,
  importPasskeyPublicKey,
  verifyPasskeyAssertion,
} from '../../../shared/protocol/passkey/passkey-assertion.ts';
import type { RelyingParty } from '../../../shared/protocol/payment/verify-authorisation.ts';
import { importVerifyingKey } from '../../../shared/protocol/signing-key.ts';
import type { CertificateShelf } from '../payments/certificates.ts';
import {
  type PaymentEvidence,
  rebuildAuthorisationHash,
  rebuildEvidence,
  rebuildRequestHash,
} from '../payments/evidence.ts';
import type { RequestRecord } from '../payments/requests.ts';
import { checkCharge } from './check-charge.ts';

/**
 * Verifies a payment again from the bytes alone: till, phone and person signed exactly what was posted. Flags and columns
 * are not believed. Certificates were verified when they came in, and are read here.
 * @returns what is wrong, in words
 */
export async function checkEvidence(
  shelf: CertificateShelf,
  record: RequestRecord,
  relyingParty: RelyingParty,
): Promise<string[]> {
  const { traceKey } = record;
  const evidence = rebuildEvidence(shelf, record);
  const faults: string[] = [];
  const expect = (isTrue: boolean, statement: string) => {
    if (!isTrue) faults.push(`${traceKey}: ${statement}.`);
  };
  expect(isEqualBytes(rebuildRequestHash(shelf, record), record.hash), 'the request has another hash');
  expect(await isRequestSigned(shelf, record, evidence), 'the request is not signed by its terminal');
  if (!record.paid) return faults;
  if (record.paid.payCode) {
    faults.push(...(await checkCharge(shelf, record, record.paid.payCode)));
    expect(await isPersonVerified(shelf, record, evidence, relyingParty), 'the passkey did not sign this');
    return faults;
  }
  expect(await isConsentSigned(shelf, record, evidence), 'the authorisation is not signed by its phone');
  expect(await isPersonVerified(shelf, record, evidence, relyingParty), 'the passkey did not sign this');
  return faults;
}

async function isRequestSigned(shelf: CertificateShelf, record: RequestRecord, evidence: PaymentEvidence) {
  const { content } = shelf.terminal(record.certificate);
  const key = await importVerifyingKey(content.publicKey);
  const request = decodeDocument(PaymentRequest, evidence.request);
  return key !== undefined && request.ok && content.terminalId === record.terminalId && request.value.verify(key);
}

async function isConsentSigned(shelf: CertificateShelf, record: RequestRecord, evidence: PaymentEvidence) {
  if (!record.paid || !evidence.authorisation) return false;
  const key = await importVerifyingKey(shelf.wallet(record.paid.walletCertificate).content.devicePublicKey);
  const authorisation = decodeDocument(Authorisation, evidence.authorisation);
  if (!key || !authorisation.ok) return false;
  const { requestHash, amountMinor } = authorisation.value.content;
  const isSame = encodeHex(requestHash) === encodeHex(record.hash) && amountMinor === record.amountMinor;
  return isSame && authorisation.value.verify(key);
}

async function isPersonVerified(
  shelf: CertificateShelf,
  record: RequestRecord,
  evidence: PaymentEvidence,
  relyingParty: RelyingParty,
) {
  if (!record.paid || !evidence.assertion) return false;
  const publicKey = await importPasskeyPublicKey(shelf.wallet(record.paid.walletCertificate).content.passkeyPublicKey);
  const assertion = decodePasskeyAssertion(evidence.assertion);
  if (!publicKey || !assertion) return false;
  const challenge = rebuildAuthorisationHash(shelf, record, record.paid);
  return (await verifyPasskeyAssertion(assertion, { ...relyingParty, challenge, publicKey })).ok;
}
