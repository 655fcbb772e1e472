import { type Bytes, concatBytes, createRandomBytes, encodeUtf8 } from '../../shared/protocol/bytes.ts';

/**
 * Keys at rest: AES-256-GCM under a key derived from KEY_SECRET (HKDF, RFC 5869), so that a copy of the database alone
 * signs nothing. Layout: nonce (12), ciphertext with tag (16). The label says what is inside and is authenticated with it,
 * so that no sealed key can stand in another's place.
 */
const NONCE_BYTES = 12;
/** Below this the secret is a mistake in the configuration. */
const SECRET_CHARS_MIN = 16;

export async function deriveSealingKey(keySecret: string): Promise<CryptoKey> {
  if (keySecret.length < SECRET_CHARS_MIN) throw new Error('KEY_SECRET is missing or too short.');
  const material = await crypto.subtle.importKey('raw', encodeUtf8(keySecret), 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encodeUtf8('tandem/key-at-rest/v1') },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

export async function sealSecret(secret: Uint8Array, label: string, key: CryptoKey): Promise<Bytes> {
  const nonce = createRandomBytes(NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: encodeUtf8(label) },
    key,
    secret as Bytes,
  );
  return concatBytes(nonce, new Uint8Array(sealed));
}

/** Throws when it was sealed with another KEY_SECRET, under another label, or was changed. */
export async function openSecret(sealed: Uint8Array, label: string, key: CryptoKey): Promise<Bytes> {
  try {
    const secret = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.slice(0, NONCE_BYTES), additionalData: encodeUtf8(label) },
      key,
      sealed.slice(NONCE_BYTES),
    );
    return new Uint8Array(secret);
  } catch {
    throw new Error(`The stored ${label} cannot be opened: KEY_SECRET is not the one it was sealed with.`);
  }
}
