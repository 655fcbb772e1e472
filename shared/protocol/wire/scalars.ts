import * as v from 'valibot';
import { BOUNDS } from '../bounds.ts';
import { CurrencyCode } from '../currency.ts';
import * as fields from '../documents/fields.ts';
import { isRefusalCode, type RefusalCode } from '../refusals.ts';

/** Scalars of the JSON API. Signed documents travel inside JSON as unpadded base64url: JSON itself is never signed. */

/** Base64url text of at most `bytesMax` bytes; stays text in the schema, `decodeBase64url` makes the bytes. */
export function base64urlOf(bytesMax: number) {
  return v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(Math.ceil((bytesMax * 4) / 3)),
    v.regex(/^[A-Za-z0-9_-]+$/),
    v.description(`base64url without padding, at most ${bytesMax} bytes`),
  );
}

/** A signed document: COSE_Sign1. */
export const DocumentText = base64urlOf(BOUNDS.documentBytesMax);

/** A whole number of a setting, both ends included. */
export function wholeBetween(least: number, most: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
}

export const TimeMs = v.pipe(fields.TimeMs, v.description('milliseconds since 1970, centre time'));

/** Of the table of refusals. */
export const Code = v.pipe(
  v.custom<RefusalCode>((value) => typeof value === 'string' && isRefusalCode(value)),
  v.metadata({ type: 'string' }),
);

export const Currency = v.object({ code: CurrencyCode, exponent: fields.CurrencyExponent });

/** What a WebAuthn client returns, as JSON (WebAuthn L3 section 5.1). Its inside is checked by the verifier. */
export const WebAuthnResponse = v.looseObject({
  id: v.pipe(v.string(), v.maxLength(1400)),
  rawId: v.pipe(v.string(), v.maxLength(1400)),
  type: v.literal('public-key'),
  response: v.record(v.pipe(v.string(), v.maxLength(64)), v.unknown()),
});
