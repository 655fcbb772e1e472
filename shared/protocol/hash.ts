import { type Bytes, concatBytes, encodeUtf8 } from './bytes.ts';

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Bytes));
}

/**
 * The bytes whose SHA-256 is the identity of `content` for one purpose: purpose name, a zero byte, the content.
 * The zero byte ends the name, so no content of one purpose can be read as another's.
 */
export function purposePreimage(purpose: string, content: Uint8Array): Bytes {
  return concatBytes(encodeUtf8(purpose), new Uint8Array(1), content);
}

/**
 * Identity of a document, and the WebAuthn challenge that consents to it. Never made of signature bytes: those of
 * passkeys are malleable and differ each time.
 */
export function hashForPurpose(purpose: string, content: Uint8Array): Promise<Bytes> {
  return sha256(purposePreimage(purpose, content));
}
