import * as v from 'valibot';
import { BOUNDS } from '../bounds.ts';
import { defineDocument } from './document.ts';
import { Hash, listOf, Serial, TimeMs } from './fields.ts';

/**
 * The wallet's last word on an allowance, signed by its device key: every consent it ever gave out of it. What is not in the list
 * was never given, so the rest of the money is free again; a payment that comes in and is not in the list proves a false word.
 */
export const ClosingStatement = defineDocument('tandem/closing-statement/v1', {
  /** Serial of the wallet certificate that granted it. */
  allowance: [1, Serial],
  /** Hashes of the authorisations that a passkey has signed, in the order of their counters. */
  given: [2, listOf(32, BOUNDS.allowanceCountMax)],
  /** Sum of what they are for. */
  cumulativeMinor: [3, v.pipe(v.number(), v.safeInteger(), v.minValue(0))],
  /** The place the chain has reached, and the hash of what stands there (burnt places count); of the certificate when nothing does. */
  counter: [4, v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(BOUNDS.allowanceCountMax))],
  head: [5, Hash],
  closedAtMs: [6, TimeMs],
});

/**
 * A customer asks for offline payments: agrees to who bears which loss, and shows that the passkey signs without a network (some
 * cannot). Signed by the device key; its hash is the passkey's challenge.
 */
export const Rehearsal = defineDocument('tandem/rehearsal/v1', {
  /** Serial of the wallet certificate in use. */
  certificate: [1, Serial],
  /** The edition of the table of losses that was shown and agreed to. */
  termsVersion: [2, v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000))],
  rehearsedAtMs: [3, TimeMs],
});
