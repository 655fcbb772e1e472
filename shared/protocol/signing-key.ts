import type { Bytes } from './bytes.ts';
import { KEY_ID_BYTES } from './cose-sign1.ts';
import { sha256 } from './hash.ts';

/** An Ed25519 key that signs documents, with its public half as 32 raw bytes. */
export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: Bytes;
  readonly keyId: Bytes;
}

/** @param isExtractable false on devices: the key never leaves WebCrypto; true only where it is stored wrapped */
export async function createSigningKey(isExtractable: boolean): Promise<SigningKey> {
  const pair = (await crypto.subtle.generateKey('Ed25519', isExtractable, ['sign', 'verify'])) as CryptoKeyPair;
  return createSigningKeyFrom(pair);
}

export async function createSigningKeyFrom(pair: CryptoKeyPair): Promise<SigningKey> {
  const publicKey = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer);
  return { privateKey: pair.privateKey, publicKey, keyId: await computeKeyId(publicKey) };
}

/** The first eight bytes of the public key's SHA-256: finds a key, proves nothing. */
export async function computeKeyId(publicKey: Uint8Array): Promise<Bytes> {
  return (await sha256(publicKey)).slice(0, KEY_ID_BYTES);
}

/** @returns undefined for bytes that are no Ed25519 public key */
export async function importVerifyingKey(publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  if (publicKey.length !== 32) return undefined;
  try {
    return await crypto.subtle.importKey('raw', publicKey as Bytes, 'Ed25519', true, ['verify']);
  } catch {
    return undefined;
  }
}
