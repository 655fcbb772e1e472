import { decodeBase32, encodeBase32 } from '../base32.ts';
import { BOUNDS } from '../bounds.ts';
import type { Bytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';

/**
 * Codes are links, so that any phone's camera app opens the wallet. The payload stands behind the `#`: a browser never
 * sends that part to a server, so no code gets into an access log. In upper-case base32 it fits QR alphanumeric mode.
 */
const PATH = '/wallet/p/#';
const BARE = /^[A-Z2-7]+$/;

/** @param walletOrigin e.g. `https://pay.example.org` */
export function formatCodeLink(walletOrigin: string, payload: Uint8Array): string {
  return `${walletOrigin}${PATH}${encodeBase32(payload)}`;
}

/**
 * Takes a scanned, pasted or followed text: a code link of any host (what it carries is proven by signatures, and nothing
 * is ever navigated to) or the bare payload. Refuses `code_unreadable`.
 */
export function parseCodeLink(text: string): Result<Bytes> {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > BOUNDS.codeTextCharsMax) return refuse('code_unreadable');
  const payloadText = BARE.test(trimmed) ? trimmed : readFragment(trimmed);
  const payload = payloadText === undefined ? undefined : decodeBase32(payloadText);
  return payload && payload.length > 0 ? accept(payload) : refuse('code_unreadable');
}

function readFragment(text: string): string | undefined {
  const match = /^https?:\/\/[A-Za-z0-9.:[\]-]{1,253}\/wallet\/p\/#([A-Z2-7]+)$/.exec(text);
  return match?.[1];
}
