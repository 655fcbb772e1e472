import type { Bytes } from '../bytes.ts';
import { Authorisation } from '../documents/authorisation.ts';
import { encodeContent, hashContent, signDocument } from '../documents/document.ts';
import type { ChainPlace } from '../offline/chain.ts';
import type { SigningKey } from '../signing-key.ts';
import type { VerifiedRequest } from './verify-request.ts';

/** The wallet's signed consent, and its hash: the challenge that the passkey signs. */
export interface CreatedAuthorisation {
  readonly document: Bytes;
  readonly hash: Bytes;
}

/**
 * Consents to exactly the request that was verified and shown. Call it once per intent and keep the document: after a crash
 * the same one is signed again by the passkey, never another for the same request.
 * @param place in the chain of the allowance, taken for this consent alone; left out where it is for the network alone
 */
export async function createAuthorisation(
  request: VerifiedRequest,
  accountToken: Bytes,
  nowMs: number,
  deviceKey: SigningKey,
  place?: ChainPlace,
): Promise<CreatedAuthorisation> {
  const content = {
    requestHash: request.hash,
    accountToken,
    amountMinor: request.amountMinor,
    authorisedAtMs: nowMs,
    ...place,
  };
  const document = await signDocument(Authorisation, content, deviceKey);
  return { document, hash: await hashContent(Authorisation, encodeContent(Authorisation, content)) };
}
