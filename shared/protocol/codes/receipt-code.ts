import { decodeBase32, encodeBase32 } from '../base32.ts';
import { BOUNDS } from '../bounds.ts';
import { type Bytes, concatBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';

/**
 * A signed receipt as a code: what a wallet shows to a till without network, and what anyone may check. It is a link to the
 * page that checks receipts, so any phone's camera app will do; it is not sealed, for it is there to be read.
 */
const KIND_RECEIPT = 0x31;
const LINK = /^https?:\/\/[A-Za-z0-9.:[\]-]{1,253}\/verify#([A-Z2-7]+)$/;
const BARE = /^[A-Z2-7]+$/;

/** @param origin of the centre, e.g. `https://pay.example.org` */
export function formatReceiptLink(origin: string, receipt: Uint8Array): string {
  return `${origin}/verify#${encodeBase32(concatBytes(Uint8Array.of(KIND_RECEIPT), receipt))}`;
}

/** Takes a scanned, pasted or followed text: the link, or what stands behind its `#`. Refuses `code_unreadable`. */
export function parseReceiptLink(text: string): Result<Bytes> {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > BOUNDS.codeTextCharsMax) return refuse('code_unreadable');
  const payloadText = BARE.test(trimmed) ? trimmed : LINK.exec(trimmed)?.[1];
  const payload = payloadText === undefined ? undefined : decodeBase32(payloadText);
  return payload && payload.length > 1 && payload[0] === KIND_RECEIPT
    ? accept(payload.slice(1))
    : refuse('code_unreadable');
}
