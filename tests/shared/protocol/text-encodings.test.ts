import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../../shared/protocol/base32.ts';
import {
  decodeBase64url,
  decodeHex,
  decodeUtf8,
  encodeBase64url,
  encodeHex,
  encodeUtf8,
  isEqualBytes,
} from '../../../shared/protocol/bytes.ts';

const bytes = fc.uint8Array({ maxLength: 200 });

/** RFC 4648 section 10, without padding. */
const RFC_4648 = [
  ['', '', ''],
  ['f', 'MY', 'Zg'],
  ['fo', 'MZXQ', 'Zm8'],
  ['foo', 'MZXW6', 'Zm9v'],
  ['foob', 'MZXW6YQ', 'Zm9vYg'],
  ['fooba', 'MZXW6YTB', 'Zm9vYmE'],
  ['foobar', 'MZXW6YTBOI', 'Zm9vYmFy'],
] as const;

describe('text encodings', () => {
  it.each(RFC_4648)('encodes %j as RFC 4648 does', (text, base32, base64url) => {
    expect(encodeBase32(encodeUtf8(text))).toBe(base32);
    expect(encodeBase64url(encodeUtf8(text))).toBe(base64url);
  });

  it('decodes what it encoded', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(decodeHex(encodeHex(value))).toEqual(value);
        expect(decodeBase32(encodeBase32(value))).toEqual(value);
        expect(decodeBase64url(encodeBase64url(value))).toEqual(value);
      }),
    );
  });

  it('accepts one text only for the same bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ABYZabyz0279-_='), maxLength: 12 }), (text) => {
        const fromBase32 = decodeBase32(text);
        if (fromBase32) expect(encodeBase32(fromBase32)).toBe(text);
        const fromBase64url = decodeBase64url(text);
        if (fromBase64url) expect(encodeBase64url(fromBase64url)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['Zg==', 'Z', 'Zh', 'Zg\n', 'Zm8+', 'Zm8/'])('refuses the base64url %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined();
  });

  it.each(['my', 'MZ', 'M', 'MY======', 'M1', 'MZXW6YT'])('refuses the base32 %j', (text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });

  it('refuses ill-formed UTF-8', () => {
    expect(decodeUtf8(Uint8Array.of(0xc3, 0x28))).toBeUndefined();
  });

  it('compares bytes by value', () => {
    expect(isEqualBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(isEqualBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(isEqualBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });
});
