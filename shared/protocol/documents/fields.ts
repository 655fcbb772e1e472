import * as v from 'valibot';
import { BOUNDS } from '../bounds.ts';
import type { Bytes } from '../bytes.ts';

/** Schemas of fields that several documents share. */

export function bytesOf(length: number) {
  return v.custom<Bytes>((value) => value instanceof Uint8Array && value.length === length, `${length} bytes`);
}

/** SHA-256. */
export const Hash = bytesOf(32);
/** Ed25519 public key, raw. */
export const PublicKey = bytesOf(32);
export const SERIAL_BYTES = 8;
/** Identifies a certificate; random. */
export const Serial = bytesOf(SERIAL_BYTES);
export const Nonce = bytesOf(BOUNDS.nonceBytes);
/** A card's pseudonym in documents: says nothing of the account number to whoever reads a code. */
export const AccountToken = bytesOf(16);

/** Milliseconds since 1970 by the centre's clock, as the device last knew it. */
export const TimeMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Seconds since 1970, as in a CWT (RFC 8392): four bytes fewer than milliseconds where a code has no room to spare. */
export const TimeSeconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(0xffff_ffff));

/** More marks on one letter than any writing has: they would paint over the lines above and below. */
const PILE_OF_MARKS = /\p{M}{5}/u;

/**
 * A name people read: no control, bidirectional-override or zero-width characters that could fake a layout, and no half
 * characters (lone surrogates), which have no encoding and would come back as another name.
 */
export const DisplayName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(BOUNDS.nameCharsMax),
  v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+$/u),
  v.check((name) => !PILE_OF_MARKS.test(name), 'marks'),
);

/** The same, short enough to keep a till's code within QR version 15; ISO 8583 field 43 has 25 characters for it. */
export const ShopName = v.pipe(DisplayName, v.maxBytes(BOUNDS.shopNameBytesMax));

/** Place of a consent in the chain of its allowance. */
export const ChainCounter = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(BOUNDS.allowanceCountMax));

/** One list of things of the same length, one after the other: `splitBytes` takes it apart. */
export function listOf(itemBytes: number, countMax: number) {
  return v.custom<Bytes>(
    (value) => value instanceof Uint8Array && value.length % itemBytes === 0 && value.length <= itemBytes * countMax,
    `at most ${countMax} times ${itemBytes} bytes`,
  );
}

export const CurrencyExponent = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(4));
