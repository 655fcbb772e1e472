import type { Bytes } from '../bytes.ts';
import { type CentreTrust, verifyCentreDocument } from '../centre-trust.ts';
import { hashContent } from '../documents/document.ts';
import { TerminalCertificate, type TerminalCertificateContent } from '../documents/terminal-certificate.ts';
import { WalletCertificate, type WalletCertificateContent } from '../documents/wallet-certificate.ts';
import { importPasskeyPublicKey } from '../passkey/passkey-assertion.ts';
import { accept, type Result, refuse } from '../result.ts';
import { importVerifyingKey } from '../signing-key.ts';

/** A terminal certificate that the centre signed, with its key ready for use. Validity in time is asked separately. */
export interface TrustedTerminal {
  readonly content: TerminalCertificateContent;
  readonly contentHash: Bytes;
  readonly key: CryptoKey;
}

export interface TrustedWallet {
  readonly content: WalletCertificateContent;
  readonly deviceKey: CryptoKey;
  readonly passkey: CryptoKey;
}

/** Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`. */
export async function verifyTerminalCertificate(
  bytes: Uint8Array,
  trust: CentreTrust,
): Promise<Result<TrustedTerminal>> {
  const verified = await verifyCentreDocument(TerminalCertificate, bytes, trust);
  if (!verified.ok) return verified;
  const { content, contentBytes } = verified.value;
  const key = await importVerifyingKey(content.publicKey);
  if (!key) return refuse('certificate_invalid');
  return accept({ content, contentHash: await hashContent(TerminalCertificate, contentBytes), key });
}

/** Refuses `document_malformed`, `certificate_invalid`, `programme_mismatch`. */
export async function verifyWalletCertificate(bytes: Uint8Array, trust: CentreTrust): Promise<Result<TrustedWallet>> {
  const verified = await verifyCentreDocument(WalletCertificate, bytes, trust);
  if (!verified.ok) return verified;
  const { content } = verified.value;
  const deviceKey = await importVerifyingKey(content.devicePublicKey);
  const passkey = await importPasskeyPublicKey(content.passkeyPublicKey);
  if (!deviceKey || !passkey) return refuse('certificate_invalid');
  return accept({ content, deviceKey, passkey });
}

export function isWithinValidity(
  certificate: { issuedAtSeconds: number; expiresAtSeconds: number },
  nowMs: number,
  toleranceMs: number,
): boolean {
  return certificate.issuedAtSeconds * 1000 - toleranceMs <= nowMs && nowMs < certificate.expiresAtSeconds * 1000;
}
