import type { Bytes } from './bytes.ts';

/**
 * Base32 without padding, RFC 4648 section 6: upper-case letters and digits only, so that a QR code holds it in
 * alphanumeric mode (5.5 bits a character) and a person can read it out.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >> bits) & 31];
    }
  }
  if (bits > 0) text += ALPHABET[(buffer << (5 - bits)) & 31];
  return text;
}

/** @returns undefined for any other character, an impossible length, or unused bits that are not zero */
export function decodeBase32(text: string): Bytes | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[length] = (buffer >> bits) & 255;
      length += 1;
    }
  }
  const hasUnusedBits = bits >= 5 || (buffer & ((1 << bits) - 1)) !== 0;
  return hasUnusedBits ? undefined : bytes;
}
