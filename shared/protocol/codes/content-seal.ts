import { type Bytes, concatBytes, createRandomBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';

/**
 * The seal of codes: AES-256-GCM with the content key of the day, so that a stranger's scanner reads no merchant,
 * amount or operator. It hides; it proves nothing (every enrolled device holds the key): signatures prove.
 *
 * Layout: version and kind (1), day (2, big-endian, days since 1970), nonce (12), ciphertext with tag (16).
 * The first three bytes are authenticated with the content.
 */
const DAY_MS = 86_400_000;
const HEADER_BYTES = 3;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface ContentKey {
  readonly day: number;
  readonly key: CryptoKey;
}

export function contentDayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

/** @param keyBytes 32 bytes; the key becomes non-extractable */
export async function importContentKey(day: number, keyBytes: Uint8Array): Promise<ContentKey> {
  const key = await crypto.subtle.importKey('raw', keyBytes as Bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { day, key };
}

/** @param kind one byte that says what is inside */
export async function sealContent(kind: number, content: Uint8Array, contentKey: ContentKey): Promise<Bytes> {
  const header = Uint8Array.of(kind, contentKey.day >> 8, contentKey.day & 255);
  const nonce = createRandomBytes(NONCE_BYTES);
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: header },
    contentKey.key,
    content as Bytes,
  );
  return concatBytes(header, nonce, new Uint8Array(ciphertext));
}

/** Refuses `code_unreadable` (another kind, too short), `content_key_unknown`, `code_tampered`. */
export async function openContent(
  kind: number,
  sealed: Uint8Array,
  contentKeys: readonly ContentKey[],
): Promise<Result<Bytes>> {
  if (sealed.length <= HEADER_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] !== kind) return refuse('code_unreadable');
  const day = (sealed[1]! << 8) | sealed[2]!;
  const contentKey = contentKeys.find((known) => known.day === day);
  if (!contentKey) return refuse('content_key_unknown');
  const header = sealed.slice(0, HEADER_BYTES) as Bytes;
  const nonce = sealed.slice(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES) as Bytes;
  try {
    const content = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: header },
      contentKey.key,
      sealed.slice(HEADER_BYTES + NONCE_BYTES) as Bytes,
    );
    return accept(new Uint8Array(content));
  } catch {
    return refuse('code_tampered');
  }
}
