import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex } from '../../../shared/protocol/bytes.ts';
import { type CborValue, decodeCbor, encodeCbor } from '../../../shared/protocol/cbor.ts';

/** RFC 8949 appendix A: what this protocol uses. */
const ACCEPTED: readonly (readonly [string, CborValue])[] = [
  ['00', 0],
  ['17', 23],
  ['1818', 24],
  ['1a000f4240', 1_000_000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['20', -1],
  ['3903e7', -1000],
  ['f5', true],
  ['60', ''],
  ['6449455446', 'IETF'],
  ['62c3bc', 'ü'],
  ['4401020304', Uint8Array.of(1, 2, 3, 4)],
  ['83010203', [1, 2, 3]],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
];

const REFUSED = {
  'a longer form of a small integer': '1800',
  'a longer length than needed': '5801ff',
  'a float that is an integer': 'f93c00',
  'a float': 'fb3ff199999999999a',
  'an indefinite byte string': '5f42010243030405ff',
  'an indefinite array': '9f01ff',
  'a duplicate key': 'a201010102',
  'keys out of order': 'a203040102',
  'a trailing byte': '0000',
  'a truncated string': '44010203',
  'a truncated map': 'a201',
  undefined: 'f7',
  null: 'f6',
  'a tag': 'c11a514b67b0',
  'an integer above 2^53': '1b0020000000000001',
  'a reserved head': '1c',
  'ill-formed UTF-8': '62c328',
  nothing: '',
  'a deep nest': `${'81'.repeat(1000)}00`,
  'a nest one too deep': '8181818181' + '00',
  'an array that claims 2^32 items': '9affffffff',
};

const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.uint8Array({ maxLength: 64 }));
const documentLike = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }))), {
    selector: ([key]) => key,
    maxLength: 12,
  })
  .map((entries) => new Map<number, CborValue>(entries));

describe('deterministic CBOR', () => {
  it.each(ACCEPTED)('reads and writes %s', (hex, value) => {
    expect(decodeCbor(decodeHex(hex)!)).toEqual(value);
    expect(encodeCbor(value)).toEqual(decodeHex(hex));
  });

  it.each(Object.entries(REFUSED))('refuses %s', (_name, hex) => {
    expect(decodeCbor(decodeHex(hex)!)).toBeUndefined();
  });

  it('decodes what it encoded', () => {
    fc.assert(
      fc.property(documentLike, (value) => {
        expect(decodeCbor(encodeCbor(value), 1_000_000)).toEqual(value);
      }),
    );
  });

  it('accepts bytes only if it would have written them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const value = decodeCbor(bytes);
        if (value !== undefined) expect(encodeCbor(value)).toEqual(bytes);
      }),
      { numRuns: 5_000 },
    );
  });

  it('refuses what is longer than asked for', () => {
    expect(decodeCbor(encodeCbor(new Uint8Array(100)), 100)).toBeUndefined();
  });
});
