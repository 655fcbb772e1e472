import { type Bytes, isEqualBytes } from '../bytes.ts';
import { Rehearsal } from '../documents/closing-statement.ts';
import { decodeDocument, encodeContent, hashContent, signDocument } from '../documents/document.ts';
import { decodePasskeyAssertion, verifyPasskeyAssertion } from '../passkey/passkey-assertion.ts';
import type { TrustedWallet } from '../payment/certificates.ts';
import type { RelyingParty } from '../payment/verify-authorisation.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { SigningKey } from '../signing-key.ts';

/** What the customer signs with the network off, to be granted an allowance; `hash` is the passkey's challenge. */
export async function createRehearsal(
  certificate: Bytes,
  termsVersion: number,
  nowMs: number,
  deviceKey: SigningKey,
): Promise<{ readonly document: Bytes; readonly hash: Bytes }> {
  const content = { certificate, termsVersion, rehearsedAtMs: nowMs };
  const document = await signDocument(Rehearsal, content, deviceKey);
  return { document, hash: await hashContent(Rehearsal, encodeContent(Rehearsal, content)) };
}

/** @returns the edition of the terms. Refuses `document_malformed`, `signature_invalid`, `certificate_invalid`, `passkey_invalid`, `user_not_verified`. */
export async function verifyRehearsal(
  evidence: { readonly document: Uint8Array; readonly assertion: Uint8Array },
  wallet: TrustedWallet,
  relyingParty: RelyingParty,
): Promise<Result<{ readonly termsVersion: number }>> {
  const decoded = decodeDocument(Rehearsal, evidence.document);
  if (!decoded.ok) return decoded;
  const assertion = decodePasskeyAssertion(evidence.assertion);
  if (!assertion) return refuse('document_malformed');
  const { content, contentBytes } = decoded.value;
  if (!(await decoded.value.verify(wallet.deviceKey))) return refuse('signature_invalid');
  if (!isEqualBytes(content.certificate, wallet.content.serial)) return refuse('certificate_invalid');
  const challenge = await hashContent(Rehearsal, contentBytes);
  const consent = await verifyPasskeyAssertion(assertion, { challenge, publicKey: wallet.passkey, ...relyingParty });
  return consent.ok ? accept({ termsVersion: content.termsVersion }) : consent;
}
