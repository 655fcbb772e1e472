import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import type { Bytes } from '../bytes.ts';
import { PAIR_ID_BYTES } from '../codes/twin-code.ts';
import { type DocumentContent, defineDocument } from './document.ts';
import { AccountToken, bytesOf, Hash, Nonce, TimeMs } from './fields.ts';

/**
 * The payer's consent before the amount is known: one payment of at most the cap, to whoever scans it, within a minute. Its
 * hash is the challenge that the passkey signs (this person); each showing of it is signed by the device key (this phone).
 */
export const PayCode = defineDocument('tandem/pay-code/v1', {
  accountToken: [1, AccountToken],
  capMinor: [2, AmountMinor],
  createdAtMs: [3, TimeMs],
  validForSeconds: [4, v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(BOUNDS.payCodeValidSecondsMax))],
  /** Makes each pay code another: it is used once. */
  nonce: [5, Nonce],
});
export type PayCodeContent = DocumentContent<(typeof PayCode)['fields']>;

const ContentBytes = v.custom<Bytes>((value) => value instanceof Uint8Array && value.length > 0, 'bytes');
const PairId = bytesOf(PAIR_ID_BYTES);

/**
 * One showing of a pay code as a twin code, signed by the wallet's device key: whoever filmed a showing can join its two
 * codes, but cannot make a fresh pair of what they carried.
 */
export const PayCodeShowing = defineDocument('tandem/pay-code-showing/v1', {
  /** Canonical content of the `PayCode`. */
  payCode: [1, ContentBytes],
  pairId: [2, PairId],
  /** As in the heads of A and of B. */
  madeAtMs: [3, TimeMs],
  secondMadeAtMs: [4, TimeMs],
});

/** The terminal's word that it saw both codes of one showing, and when, for which of its requests. */
export const TwinCapture = defineDocument('tandem/twin-capture/v1', {
  requestHash: [1, Hash],
  pairId: [2, PairId],
  /** Of A and of B, by the terminal's corrected clock. */
  capturedAtMs: [3, TimeMs],
  secondCapturedAtMs: [4, TimeMs],
  /** When it was handed in: the customer may be scanned before the amount is keyed. */
  chargedAtMs: [5, TimeMs],
});
