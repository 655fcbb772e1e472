/** Bytes and their text forms. All decoders are strict: what does not encode back to the same text is not accepted. */

export type Bytes = Uint8Array<ArrayBuffer>;

const HEX = /^(?:[0-9a-f]{2})*$/;
const BASE64URL = /^[A-Za-z0-9_-]*$/;
const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function encodeUtf8(text: string): Bytes {
  return textEncoder.encode(text) as Bytes;
}

/** @returns undefined when the bytes are not well-formed UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return textDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** @returns undefined unless `text` is lower-case hex of an even length */
export function decodeHex(text: string): Bytes | undefined {
  if (!HEX.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Base64url without padding, RFC 4648 section 5. */
export function encodeBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 1) binary += String.fromCharCode(bytes[i]!);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @returns undefined unless `text` is unpadded base64url whose unused bits are zero */
export function decodeBase64url(text: string): Bytes | undefined {
  if (!BASE64URL.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return hasZeroUnusedBits(text, bytes.length) ? bytes : undefined;
}

const BASE64URL_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The last character of 2 or 3 carries 4 or 2 bits that no byte uses; two texts for the same bytes would be two identities. */
function hasZeroUnusedBits(text: string, byteCount: number): boolean {
  const unusedBits = text.length * 6 - byteCount * 8;
  if (unusedBits === 0) return true;
  return (BASE64URL_ALPHABET.indexOf(text.at(-1)!) & ((1 << unusedBits) - 1)) === 0;
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Compares in time that depends on the length alone. */
/** A list of things of `itemBytes` each. Throws a RangeError for a remainder: whoever decoded the list has checked its length. */
export function splitBytes(bytes: Uint8Array, itemBytes: number): Bytes[] {
  if (bytes.length % itemBytes !== 0) throw new RangeError(`${bytes.length} bytes are no list of ${itemBytes} each.`);
  return Array.from(
    { length: bytes.length / itemBytes },
    (_, i) => bytes.slice(i * itemBytes, (i + 1) * itemBytes) as Bytes,
  );
}

export function isEqualBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let i = 0; i < left.length; i += 1) difference |= left[i]! ^ right[i]!;
  return difference === 0;
}

export function createRandomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
