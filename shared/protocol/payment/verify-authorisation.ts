import type { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, isEqualBytes } from '../bytes.ts';
import { Authorisation } from '../documents/authorisation.ts';
import { type DocumentContent, decodeDocument, hashContent } from '../documents/document.ts';
import type { ParticipantCode } from '../identifiers.ts';
import { allowanceOf } from '../offline/allowance.ts';
import type { ChainLink, ChainPlace } from '../offline/chain.ts';
import { decodePasskeyAssertion, verifyPasskeyAssertion } from '../passkey/passkey-assertion.ts';
import type { RefusalCode } from '../refusals.ts';
import { accept, type Result, refuse } from '../result.ts';
import { isWithinValidity, type TrustedWallet } from './certificates.ts';

/** An authorisation whose device signature, passkey assertion and certificate hold. */
export interface VerifiedAuthorisation {
  readonly hash: Bytes;
  readonly requestHash: Bytes;
  readonly issuer: ParticipantCode;
  readonly accountToken: Bytes;
  readonly amountMinor: AmountMinor;
  readonly authorisedAtMs: number;
  /** Its place in the chain of an allowance; absent where it was given for the network alone. */
  readonly link?: ChainLink;
}

export interface AuthorisationEvidence {
  /** COSE_Sign1 of an `Authorisation`, by the wallet's device key. */
  readonly authorisation: Uint8Array;
  /** The passkey's assertion on its hash. */
  readonly assertion: Uint8Array;
}

export interface RelyingParty {
  readonly rpIdHash: Uint8Array;
  readonly origins: readonly string[];
}

/**
 * Verifies the payer's consent: this phone (device key), this person (passkey with user verification), this card
 * (certificate). Whether it fits a request is decided where the request is known.
 * Refuses `document_malformed`, `certificate_invalid` (another card's, or another allowance's), `signature_invalid`, `certificate_expired`, `clock_off`,
 * `authorisation_expired`, `passkey_invalid`, `user_not_verified`.
 */
export async function verifyAuthorisation(
  evidence: AuthorisationEvidence,
  wallet: TrustedWallet,
  relyingParty: RelyingParty,
  nowMs: number,
): Promise<Result<VerifiedAuthorisation>> {
  const verified = await verifyAtItsTime(evidence, wallet, relyingParty, nowMs);
  if (!verified.ok) return verified;
  const { authorisation, untimely } = verified.value;
  return untimely ? refuse(untimely) : accept(authorisation);
}

/** A consent that was in order at its own time, with what the time now says against it. */
export interface TimelyAuthorisation {
  readonly authorisation: VerifiedAuthorisation;
  readonly untimely: RefusalCode | undefined;
}

/**
 * The same, for who takes a consent that comes in late, or proves one that was given long ago: it only had to be good at its own time.
 * Refuses what `verifyAuthorisation` refuses; for the time, only where its own time was wrong as well.
 * @param nowMs left out where it does not matter what time it is now
 */
export async function verifyAtItsTime(
  evidence: AuthorisationEvidence,
  wallet: TrustedWallet,
  relyingParty: RelyingParty,
  nowMs?: number,
): Promise<Result<TimelyAuthorisation>> {
  const verified = await verifyWhenever(evidence, wallet, relyingParty);
  if (!verified.ok) return verified;
  const authorisation = verified.value;
  const ownMs = authorisation.authorisedAtMs;
  const untimely = judgeTime(authorisation, wallet, nowMs ?? ownMs);
  const refusal = untimely && judgeTime(authorisation, wallet, ownMs);
  return refusal ? refuse(refusal) : accept({ authorisation, untimely });
}

/** Guards stand in order of precedence. */
function judgeTime(
  { authorisedAtMs }: VerifiedAuthorisation,
  wallet: TrustedWallet,
  nowMs: number,
): RefusalCode | undefined {
  const toleranceMs = BOUNDS.clockToleranceSeconds * 1000;
  if (!isWithinValidity(wallet.content, nowMs, toleranceMs)) return 'certificate_expired';
  if (authorisedAtMs > nowMs + toleranceMs) return 'clock_off';
  const isOver = nowMs > authorisedAtMs + BOUNDS.authorisationValidSeconds * 1000 + toleranceMs;
  return isOver ? 'authorisation_expired' : undefined;
}

async function verifyWhenever(
  evidence: AuthorisationEvidence,
  wallet: TrustedWallet,
  relyingParty: RelyingParty,
): Promise<Result<VerifiedAuthorisation>> {
  const decoded = decodeDocument(Authorisation, evidence.authorisation);
  if (!decoded.ok) return decoded;
  const assertion = decodePasskeyAssertion(evidence.assertion);
  if (!assertion) return refuse('document_malformed');
  const { content, contentBytes } = decoded.value;
  if (!isEqualBytes(content.accountToken, wallet.content.accountToken)) return refuse('certificate_invalid');
  const place = placeOf(content);
  if (place === 'partial') return refuse('document_malformed');
  const isOfCertificate =
    !place || (allowanceOf(wallet.content) && isEqualBytes(place.allowance, wallet.content.serial));
  if (!isOfCertificate) return refuse('certificate_invalid');
  if (!(await decoded.value.verify(wallet.deviceKey))) return refuse('signature_invalid');
  const hash = await hashContent(Authorisation, contentBytes);
  const consent = await verifyPasskeyAssertion(assertion, {
    challenge: hash,
    publicKey: wallet.passkey,
    ...relyingParty,
  });
  if (!consent.ok) return consent;
  return accept({
    hash,
    requestHash: content.requestHash,
    issuer: wallet.content.issuer,
    accountToken: content.accountToken,
    amountMinor: content.amountMinor,
    authorisedAtMs: content.authorisedAtMs,
    ...(place && { link: { ...place, hash, amountMinor: content.amountMinor } }),
  });
}

/** The four fields of the chain are there together or not at all. */
function placeOf(content: DocumentContent<(typeof Authorisation)['fields']>): ChainPlace | 'partial' | undefined {
  const { allowance, counter, previous, cumulativeMinor } = content;
  const present = [allowance, counter, previous, cumulativeMinor].filter((field) => field !== undefined).length;
  if (present === 0) return undefined;
  if (!allowance || counter === undefined || !previous || cumulativeMinor === undefined) return 'partial';
  return { allowance, counter, previous, cumulativeMinor };
}
