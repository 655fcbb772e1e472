import type { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, isEqualBytes } from '../bytes.ts';
import type { MatchedPair, TwinRules } from '../codes/join-twin-code.ts';
import type { PayCodePayload } from '../codes/pay-code-payload.ts';
import { decodeContent, decodeDocument, hashContent } from '../documents/document.ts';
import { PayCode, PayCodeShowing } from '../documents/pay-code.ts';
import type { ParticipantCode } from '../identifiers.ts';
import { decodePasskeyAssertion, verifyPasskeyAssertion } from '../passkey/passkey-assertion.ts';
import { accept, type Result, refuse } from '../result.ts';
import { isWithinValidity, type TrustedWallet } from './certificates.ts';
import type { RelyingParty } from './verify-authorisation.ts';

/** A pay code whose showing, passkey assertion and certificate hold. Whether it was used is for the ledger to say. */
export interface VerifiedPayCode {
  /** Content hash: what names it for ever. */
  readonly hash: Bytes;
  /** Canonical content, for the books. */
  readonly content: Bytes;
  readonly issuer: ParticipantCode;
  readonly accountToken: Bytes;
  readonly capMinor: AmountMinor;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly pairId: Bytes;
  readonly madeAtMs: readonly [number, number];
}

/**
 * Verifies the consent that a joined twin code carries: this phone made this showing (device key), this person consented to
 * the cap (passkey with user verification), this card (certificate). One function for till and centre.
 * @param chargedAtMs when it is charged, by the verifier's corrected clock
 * @param toleranceMs of the programme: how far ahead of that a phone's clock may be
 * Refuses `document_malformed`, `certificate_invalid` (another card's), `signature_invalid`, `code_tampered` (the showing is of
 * another pair), `certificate_expired`, `clock_off`, `pay_code_expired`, `passkey_invalid`, `user_not_verified`.
 */
export async function verifyPayCode(
  payload: PayCodePayload,
  pair: MatchedPair,
  wallet: TrustedWallet,
  relyingParty: RelyingParty,
  chargedAtMs: number,
  { toleranceMs }: Pick<TwinRules, 'toleranceMs'>,
): Promise<Result<VerifiedPayCode>> {
  const showing = decodeDocument(PayCodeShowing, payload.showing);
  if (!showing.ok) return showing;
  const { payCode: contentBytes, pairId, madeAtMs, secondMadeAtMs } = showing.value.content;
  const content = decodeContent(PayCode, contentBytes);
  const assertion = decodePasskeyAssertion(payload.assertion);
  if (!content || !assertion) return refuse('document_malformed');
  if (!isEqualBytes(content.accountToken, wallet.content.accountToken)) return refuse('certificate_invalid');
  if (!(await showing.value.verify(wallet.deviceKey))) return refuse('signature_invalid');
  const isOfThisPair =
    isEqualBytes(pairId, pair.pairId) && madeAtMs === pair.a.madeAtMs && secondMadeAtMs === pair.b.madeAtMs;
  if (!isOfThisPair) return refuse('code_tampered');
  if (!isWithinValidity(wallet.content, chargedAtMs, BOUNDS.clockToleranceSeconds * 1000))
    return refuse('certificate_expired');
  const expiresAtMs = content.createdAtMs + content.validForSeconds * 1000;
  if (content.createdAtMs > chargedAtMs + toleranceMs) return refuse('clock_off');
  if (chargedAtMs > expiresAtMs || madeAtMs > expiresAtMs) return refuse('pay_code_expired');
  const hash = await hashContent(PayCode, contentBytes);
  const consent = await verifyPasskeyAssertion(assertion, {
    challenge: hash,
    publicKey: wallet.passkey,
    ...relyingParty,
  });
  if (!consent.ok) return consent;
  return accept({
    hash,
    content: contentBytes,
    issuer: wallet.content.issuer,
    accountToken: content.accountToken,
    capMinor: content.capMinor,
    createdAtMs: content.createdAtMs,
    expiresAtMs,
    pairId,
    madeAtMs: [madeAtMs, secondMadeAtMs],
  });
}
