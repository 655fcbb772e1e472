import { decodeBase64url, encodeUtf8 } from '../bytes.ts';
import { verifyCentreKeys } from '../centre-trust.ts';
import { sha256 } from '../hash.ts';
import { type TrustedWallet, verifyWalletCertificate } from '../payment/certificates.ts';
import { type VerifiedAuthorisation, verifyAtItsTime } from '../payment/verify-authorisation.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { EvidenceFile } from '../wire/offline-evidence.ts';
import { type ChainLink, type Contradiction, findContradiction } from './chain.ts';
import { hides, verifyClosing } from './closing.ts';

/** What a file of evidence proves against the holder of one wallet certificate. */
export interface ProvenDoubleSpend {
  readonly wallet: TrustedWallet;
  readonly contradiction: Contradiction | 'not-given';
  readonly consents: readonly VerifiedAuthorisation[];
}

/**
 * Verifies every signature in the file and finds the contradiction again. Trusts no one but the centre keys in it.
 * Refuses `document_malformed`, `signature_invalid`, `certificate_invalid`, `programme_mismatch`, `passkey_invalid`,
 * `user_not_verified`, and `evidence_insufficient` where everything is genuine and proves nothing.
 */
export async function verifyEvidence(file: EvidenceFile): Promise<Result<ProvenDoubleSpend>> {
  const keys = file.centreKeys.map(decodeBase64url);
  if (keys.some((key) => !key)) return refuse('document_malformed');
  const trust = await verifyCentreKeys(keys as Uint8Array[], file.programme);
  if (!trust.ok) return trust;
  const wallet = await verifyWalletCertificate(decode(file.walletCertificate), trust.value);
  if (!wallet.ok) return wallet;
  const relyingParty = { rpIdHash: await sha256(encodeUtf8(file.rpId)), origins: file.origins };
  const consents: VerifiedAuthorisation[] = [];
  for (const consent of file.consents) {
    const evidence = { authorisation: decode(consent.authorisation), assertion: decode(consent.assertion) };
    const verified = await verifyAtItsTime(evidence, wallet.value, relyingParty);
    if (!verified.ok) return verified;
    consents.push(verified.value.authorisation);
  }
  const [first, second] = consents.map(({ link }) => link);
  if (!first) return refuse('evidence_insufficient');
  const contradiction = second ? findContradiction(first, second) : await findHidden(file, wallet.value, first);
  if (!contradiction) return refuse('evidence_insufficient');
  return accept({ wallet: wallet.value, contradiction, consents });
}

/** A consent that the wallet's own closing statement hides. */
async function findHidden(
  { closing }: EvidenceFile,
  wallet: TrustedWallet,
  link: ChainLink,
): Promise<'not-given' | undefined> {
  const verified = closing === undefined ? undefined : await verifyClosing(decode(closing), wallet);
  if (!verified?.ok) return undefined;
  return hides(verified.value, link) ? 'not-given' : undefined;
}

function decode(text: string): Uint8Array {
  return decodeBase64url(text) ?? new Uint8Array();
}
