import { decodeBase32, encodeBase32 } from '../base32.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, concatBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';

/**
 * A signed receipt as a code: what a wallet shows to a till without network. Bare upper-case base32; it is not sealed, for it
 * is there to be read by anyone.
 */
const KIND_RECEIPT = 0x31;
const BARE = /^[A-Z2-7]+$/;

export function createReceiptCode(receipt: Uint8Array): string {
  return encodeBase32(concatBytes(Uint8Array.of(KIND_RECEIPT), receipt));
}

/** Takes a scanned or pasted text apart; nothing in it is verified yet. Refuses `code_unreadable`. */
export function parseReceiptCode(text: string): Result<Bytes> {
  const trimmed = text.trim();
  if (trimmed.length > BOUNDS.codeTextCharsMax || !BARE.test(trimmed)) return refuse('code_unreadable');
  const payload = decodeBase32(trimmed);
  return payload && payload.length > 1 && payload[0] === KIND_RECEIPT
    ? accept(payload.slice(1))
    : refuse('code_unreadable');
}
