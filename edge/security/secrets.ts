import {
  type Bytes,
  createRandomBytes,
  encodeBase64url,
  encodeUtf8,
  isEqualBytes,
} from '../../shared/protocol/bytes.ts';
import { sha256 } from '../../shared/protocol/hash.ts';

/** 256 bits: not to be guessed, whatever else is known. */
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A secret that its bearer is known by: a session, an API key. */
export function createToken(): string {
  return encodeBase64url(createRandomBytes(TOKEN_BYTES));
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * What is stored and looked up in place of a secret. The secret is random, so one hash without salt suffices; and as the
 * database compares hashes, its timing says nothing of the secret.
 */
export function hashSecret(secret: string): Promise<Bytes> {
  return sha256(encodeUtf8(secret));
}

/** Compares two secrets in time that depends on neither: hash against hash. */
export async function isSameSecret(left: string, right: string): Promise<boolean> {
  return isEqualBytes(await hashSecret(left), await hashSecret(right));
}
