import type { Bytes } from '../bytes.ts';
import { accept, type Result } from '../result.ts';
import { decodeTwinPayload, encodeTwinPayload } from './twin-payload.ts';

/**
 * What a wallet without network shows to the till whose code it scanned: its consent to that very request, as it would have
 * handed it in. The till has the request and hands both in. At most `BOUNDS.splitPayloadBytesMax`: 474 to 640 bytes.
 */
export interface AuthorisationPayload {
  /** COSE_Sign1 of an `Authorisation`. */
  readonly authorisation: Bytes;
  /** The passkey's assertion on its hash. */
  readonly assertion: Bytes;
  /** COSE_Sign1 of the `WalletCertificate`. */
  readonly walletCertificate: Bytes;
}

export function encodeAuthorisationPayload(payload: AuthorisationPayload): Bytes {
  return encodeTwinPayload('authorisation', [payload.authorisation, payload.assertion, payload.walletCertificate]);
}

/** Nothing in it is verified yet. Refuses `code_tampered`. */
export function decodeAuthorisationPayload(payload: Uint8Array): Result<AuthorisationPayload> {
  const parts = decodeTwinPayload('authorisation', payload);
  if (!parts.ok) return parts;
  const [authorisation, assertion, walletCertificate] = parts.value;
  return accept({ authorisation, assertion, walletCertificate });
}
