import { type Bytes, encodeUtf8 } from '../../shared/protocol/bytes.ts';

/**
 * The secret of an account, which only its wallet and the centre know: it makes and checks the check values of cross-check
 * codes (R2.3). It is HMAC-SHA-256 of the account token under a key derived from KEY_SECRET.
 *
 * Derived, not stored: the books hold nothing that could be stolen from them, and any worker has it without a look-up.
 */
export async function deriveAccountSecret(keySecret: string, accountToken: Uint8Array): Promise<Bytes> {
  const key = await loadKey(keySecret);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, accountToken as Bytes));
}

const NAME = 'tandem/account-secret/v1';

let kept: { readonly keySecret: string; readonly key: CryptoKey } | undefined;

/** Only the finished key is kept, never a call under way: one request must not wait on another's. */
async function loadKey(keySecret: string): Promise<CryptoKey> {
  if (kept?.keySecret === keySecret) return kept.key;
  const material = await crypto.subtle.importKey('raw', encodeUtf8(keySecret), 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encodeUtf8(NAME) },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign'],
  );
  kept = { keySecret, key };
  return key;
}
