import { decode, encode } from 'cborg';
import { BOUNDS } from './bounds.ts';
import { type Bytes, isEqualBytes } from './bytes.ts';

/**
 * Deterministic CBOR (RFC 8949 section 4.2.1): maps with small integer keys, arrays, byte and text strings, integers
 * and booleans. Anything else is not of this protocol.
 */
export type CborValue = number | string | boolean | Uint8Array | readonly CborValue[] | ReadonlyMap<number, CborValue>;

const DECODE_OPTIONS = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
} as const;

export function encodeCbor(value: CborValue): Bytes {
  // Where there is a Buffer the library returns one, cut from a shared pool.
  return new Uint8Array(encode(value));
}

/**
 * Decodes one item that is exactly the whole of `bytes`, in the one canonical encoding.
 * @returns undefined for anything else: trailing bytes, another encoding of the same value, too deep or too long
 */
export function decodeCbor(bytes: Uint8Array, bytesMax: number = BOUNDS.documentBytesMax): CborValue | undefined {
  if (bytes.length === 0 || bytes.length > bytesMax || isOutsideProfile(bytes)) return undefined;
  try {
    const value = decode(bytes, DECODE_OPTIONS) as CborValue;
    // Whatever the decoder lets through, only bytes that we would have written are accepted.
    return isEqualBytes(encodeCbor(value), bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

const MAJOR_TAG = 6;
const MAJOR_SIMPLE = 7;
const SIMPLE_FALSE = 20;
const SIMPLE_TRUE = 21;

/**
 * Walks the item heads without building anything: tags, floats, null, indefinite lengths and nesting bombs cost nothing.
 */
function isOutsideProfile(bytes: Uint8Array): boolean {
  const remaining: number[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const head = bytes[offset]!;
    const major = head >> 5;
    const info = head & 31;
    if (info > 27 || major === MAJOR_TAG) return true;
    if (major === MAJOR_SIMPLE && info !== SIMPLE_FALSE && info !== SIMPLE_TRUE) return true;
    const lengthBytes = info < 24 ? 0 : 1 << (info - 24);
    let argument = info < 24 ? info : 0;
    for (let i = 1; i <= lengthBytes; i += 1) argument = argument * 256 + (bytes[offset + i] ?? 0);
    offset += 1 + lengthBytes;
    if (major === 2 || major === 3) offset += argument;
    if (major === 4 || major === 5) {
      remaining.push(major === 4 ? argument : 2 * argument);
      if (remaining.length > BOUNDS.cborDepthMax) return true;
    } else if (remaining.length > 0) {
      remaining[remaining.length - 1]! -= 1;
    }
    while (remaining.length > 0 && remaining.at(-1)! <= 0) {
      remaining.pop();
      if (remaining.length > 0) remaining[remaining.length - 1]! -= 1;
    }
  }
  return false;
}
