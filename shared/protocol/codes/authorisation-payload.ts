import { BOUNDS } from '../bounds.ts';
import type { Bytes } from '../bytes.ts';
import { accept, type Result } from '../result.ts';
import { decodeTwinPayload, encodeTwinPayload } from './twin-payload.ts';

/**
 * What a wallet without network shows to the till whose code it scanned: its consent to that very request, as it would have
 * handed it in. The till has the request and hands both in. At most `BOUNDS.splitPayloadBytesMax`: 583 usually, 706 at most without the list.
 */
export interface AuthorisationPayload {
  /** COSE_Sign1 of an `Authorisation`. */
  readonly authorisation: Bytes;
  /** The passkey's assertion on its hash. */
  readonly assertion: Bytes;
  /** COSE_Sign1 of the `WalletCertificate`. */
  readonly walletCertificate: Bytes;
  /** COSE_Sign1 of the newest `RevocationList` the phone has, for a till that has been without network for longer. */
  readonly revocations?: Bytes;
}

/** The list of withdrawn allowances is left out where there is no room for it. */
export function encodeAuthorisationPayload(payload: AuthorisationPayload): Bytes {
  const { authorisation, assertion, walletCertificate, revocations } = payload;
  const consent = encodeTwinPayload('authorisation', [authorisation, assertion, walletCertificate]);
  if (!revocations) return consent;
  const both = encodeTwinPayload('authorisation', [authorisation, assertion, walletCertificate, revocations]);
  return both.length <= BOUNDS.splitPayloadBytesMax ? both : consent;
}

/** Nothing in it is verified yet. Refuses `code_tampered`. */
export function decodeAuthorisationPayload(payload: Uint8Array): Result<AuthorisationPayload> {
  const parts = decodeTwinPayload('authorisation', payload);
  if (!parts.ok) return parts;
  const [authorisation, assertion, walletCertificate, revocations] = parts.value;
  return accept({ authorisation, assertion, walletCertificate, ...(revocations && { revocations }) });
}
