import { concatBytes, decodeHex } from '../../shared/protocol/bytes.ts';
import { computeKeyId, type SigningKey } from '../../shared/protocol/signing-key.ts';

/** RFC 8410: what stands before the 32-byte seed in an Ed25519 PKCS #8 key. */
const PKCS8_PREFIX = decodeHex('302e020100300506032b657004220420')!;

/** The key of the vectors whose seed is `byte` thirty-two times. */
export async function loadVectorKey(byte: number): Promise<SigningKey> {
  const pkcs8 = concatBytes(PKCS8_PREFIX, new Uint8Array(32).fill(byte));
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x } = await crypto.subtle.exportKey('jwk', privateKey);
  const publicKey = Uint8Array.from(atob(x!.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  return { privateKey, publicKey, keyId: await computeKeyId(publicKey) };
}
