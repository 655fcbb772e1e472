import { type Bytes, isEqualBytes } from '../bytes.ts';
import { Acceptance } from '../documents/acceptance.ts';
import { type DocumentContent, decodeDocument, signDocument } from '../documents/document.ts';
import type { TrustedTerminal } from '../payment/certificates.ts';
import type { VerifiedAuthorisation } from '../payment/verify-authorisation.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { SigningKey } from '../signing-key.ts';

export type AcceptanceContent = DocumentContent<(typeof Acceptance)['fields']>;

/** Signs that the till has taken a consent on its own. Store it, with the consent, before anyone is told. */
export function createAcceptance(
  authorisation: Pick<VerifiedAuthorisation, 'hash' | 'requestHash' | 'amountMinor'>,
  revocations: { readonly version: number; readonly issuedAtMs: number },
  nowMs: number,
  key: SigningKey,
): Promise<Bytes> {
  return signDocument(
    Acceptance,
    {
      requestHash: authorisation.requestHash,
      authorisationHash: authorisation.hash,
      amountMinor: authorisation.amountMinor,
      acceptedAtMs: nowMs,
      revocationVersion: revocations.version,
      revocationsAtSeconds: Math.floor(revocations.issuedAtMs / 1000),
    },
    key,
  );
}

/**
 * Whether the terminal took exactly this consent. For the wallet, which scans it off the till, and for the centre.
 * Refuses `document_malformed`, `signature_invalid`, `acceptance_mismatch`.
 */
export async function verifyAcceptance(
  bytes: Uint8Array,
  terminal: Pick<TrustedTerminal, 'key'>,
  consent: { readonly requestHash: Uint8Array; readonly authorisationHash: Uint8Array; readonly amountMinor: number },
): Promise<Result<AcceptanceContent>> {
  const decoded = decodeDocument(Acceptance, bytes);
  if (!decoded.ok) return decoded;
  const { content } = decoded.value;
  if (!(await decoded.value.verify(terminal.key))) return refuse('signature_invalid');
  const isOfConsent =
    isEqualBytes(content.requestHash, consent.requestHash) &&
    isEqualBytes(content.authorisationHash, consent.authorisationHash) &&
    content.amountMinor === consent.amountMinor;
  return isOfConsent ? accept(content) : refuse('acceptance_mismatch');
}
