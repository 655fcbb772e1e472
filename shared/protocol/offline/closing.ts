import { type Bytes, concatBytes, isEqualBytes, splitBytes } from '../bytes.ts';
import { ClosingStatement } from '../documents/closing-statement.ts';
import { decodeDocument, encodeContent, hashContent, signDocument } from '../documents/document.ts';
import type { TrustedWallet } from '../payment/certificates.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { SigningKey } from '../signing-key.ts';
import type { ChainHead, ChainLink } from './chain.ts';

/** A wallet's last word on an allowance. */
export interface VerifiedClosing {
  readonly allowance: Bytes;
  /** Hashes of all consents that were ever given out of it. */
  readonly given: readonly Bytes[];
  readonly cumulativeMinor: number;
  readonly counter: number;
  readonly head: Bytes;
  readonly closedAtMs: number;
  /** Content hash: the statement's identity. */
  readonly hash: Bytes;
}

/** @param given hashes of the authorisations that a passkey has signed, in the order of their counters */
export async function createClosing(
  allowance: Bytes,
  chain: ChainHead,
  given: readonly Uint8Array[],
  nowMs: number,
  deviceKey: SigningKey,
): Promise<{ readonly document: Bytes; readonly hash: Bytes }> {
  const { counter, head, cumulativeMinor } = chain;
  const content = { allowance, given: concatBytes(...given), cumulativeMinor, counter, head, closedAtMs: nowMs };
  const document = await signDocument(ClosingStatement, content, deviceKey);
  return { document, hash: await hashContent(ClosingStatement, encodeContent(ClosingStatement, content)) };
}

/**
 * @param wallet the certificate that granted the allowance
 * Refuses `document_malformed`, `signature_invalid`, `certificate_invalid` (of another allowance).
 */
export async function verifyClosing(bytes: Uint8Array, wallet: TrustedWallet): Promise<Result<VerifiedClosing>> {
  const decoded = decodeDocument(ClosingStatement, bytes);
  if (!decoded.ok) return decoded;
  if (!(await decoded.value.verify(wallet.deviceKey))) return refuse('signature_invalid');
  const { content, contentBytes } = decoded.value;
  const { allowance, cumulativeMinor, counter, head, closedAtMs } = content;
  if (!isEqualBytes(allowance, wallet.content.serial)) return refuse('certificate_invalid');
  const given = splitBytes(content.given, 32);
  if (given.length > counter) return refuse('document_malformed');
  const hash = await hashContent(ClosingStatement, contentBytes);
  return accept({ allowance, given, cumulativeMinor, counter, head, closedAtMs, hash });
}

/**
 * Whether a statement hides a consent: leaves it out, or counts less than was given with it. A wallet that closes once, after its
 * last consent, never makes one that does.
 */
export function hides(
  { given, counter, cumulativeMinor }: Pick<VerifiedClosing, 'given' | 'counter' | 'cumulativeMinor'>,
  link: ChainLink,
): boolean {
  const isNamed = given.some((hash) => isEqualBytes(hash, link.hash));
  return !isNamed || link.counter > counter || link.cumulativeMinor > cumulativeMinor;
}
