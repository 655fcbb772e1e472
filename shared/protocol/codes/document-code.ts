import { decodeBase32, encodeBase32 } from '../base32.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, concatBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';

/**
 * One signed document as a code, from screen to camera where there is no network: the centre's receipt, which a wallet shows to
 * a till, and the till's acceptance, which it shows to a wallet. Bare upper-case base32; not sealed, for it is there to be read
 * by anyone.
 */
const KINDS = { receipt: 0x31, acceptance: 0x32 } as const;
export type DocumentCodeKind = keyof typeof KINDS;

const BARE = /^[A-Z2-7]+$/;

export function createDocumentCode(kind: DocumentCodeKind, document: Uint8Array): string {
  return encodeBase32(concatBytes(Uint8Array.of(KINDS[kind]), document));
}

/** Takes a scanned or pasted text apart; nothing in it is verified yet. Refuses `code_unreadable`, for another kind too. */
export function parseDocumentCode(kind: DocumentCodeKind, text: string): Result<Bytes> {
  const trimmed = text.trim();
  if (trimmed.length > BOUNDS.codeTextCharsMax || !BARE.test(trimmed)) return refuse('code_unreadable');
  const payload = decodeBase32(trimmed);
  return payload && payload.length > 1 && payload[0] === KINDS[kind]
    ? accept(payload.slice(1))
    : refuse('code_unreadable');
}
