import { decodeBase64url, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { type CentreTrust, verifyCentreKeys } from '../../shared/protocol/centre-trust.ts';
import { type TrustedTerminal, verifyTerminalCertificate } from '../../shared/protocol/payment/certificates.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { TerminalRecord } from '../storage/till-database.ts';

/** An activated till: what it is, the keys it believes, the key it signs with. Everything in it was verified. */
export interface Terminal {
  readonly record: TerminalRecord;
  readonly certificate: TrustedTerminal;
  readonly trust: CentreTrust;
  readonly key: SigningKey;
}

/**
 * Verifies a record, from storage or from an answer, from the pinned centre key down to this till's own key.
 * Refuses `document_malformed`, `signature_invalid`, `programme_mismatch`, `certificate_invalid`.
 */
export async function verifyTerminal(record: TerminalRecord, key: SigningKey): Promise<Result<Terminal>> {
  const announcements = record.programme.centreKeys.map(decodeBase64url);
  if (!announcements.every((bytes) => bytes !== undefined)) return refuse('document_malformed');
  const trust = await verifyCentreKeys(announcements, record.programme.programme, record.pinnedCentreKey);
  if (!trust.ok) return trust;
  const certificate = await verifyTerminalCertificate(record.terminalCertificate, trust.value);
  if (!certificate.ok) return certificate;
  // A certificate for another key would let this till sign nothing that anyone accepts.
  if (!isEqualBytes(certificate.value.content.publicKey, key.publicKey)) return refuse('certificate_invalid');
  return accept({ record, certificate: certificate.value, trust: trust.value, key });
}
