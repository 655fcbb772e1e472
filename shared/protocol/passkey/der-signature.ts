import type { Bytes } from '../bytes.ts';

const INTEGER_BYTES = 32;

/**
 * ECDSA-Sig-Value (RFC 3279 section 2.2.3) in strict DER, as authenticators return it, to the 64 raw bytes of
 * IEEE P1363 that WebCrypto verifies and documents carry.
 * @returns undefined for any other encoding, and for integers that are zero, negative or longer than P-256 has
 */
export function decodeDerSignature(der: Uint8Array): Bytes | undefined {
  if (der.length < 8 || der.length > 72 || der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const r = readInteger(der, 2);
  if (!r) return undefined;
  const s = readInteger(der, r.end);
  if (!s || s.end !== der.length) return undefined;
  const raw = new Uint8Array(2 * INTEGER_BYTES);
  raw.set(r.bytes, INTEGER_BYTES - r.bytes.length);
  raw.set(s.bytes, 2 * INTEGER_BYTES - s.bytes.length);
  return raw;
}

function readInteger(der: Uint8Array, start: number): { bytes: Uint8Array; end: number } | undefined {
  const length = der[start + 1];
  if (der[start] !== 0x02 || length === undefined || length === 0 || length > INTEGER_BYTES + 1) return undefined;
  const end = start + 2 + length;
  if (end > der.length) return undefined;
  const first = der[start + 2]!;
  const second = der[start + 3] ?? 0;
  if (first >= 0x80) return undefined;
  if (first === 0) {
    // A leading zero stands only before a byte whose top bit is set; zero itself is no signature.
    if (length === 1 || second < 0x80) return undefined;
    return { bytes: der.subarray(start + 3, end), end };
  }
  if (length > INTEGER_BYTES) return undefined;
  return { bytes: der.subarray(start + 2, end), end };
}
