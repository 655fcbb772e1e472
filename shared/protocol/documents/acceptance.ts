import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { defineDocument } from './document.ts';
import { Hash, TimeMs, TimeSeconds } from './fields.ts';

/**
 * The terminal's word that it took this consent for its request without asking the centre, having verified all of it. It is the
 * customer's proof until the centre's receipt is there, and says by which list of withdrawn allowances the till decided.
 */
export const Acceptance = defineDocument('tandem/acceptance/v1', {
  requestHash: [1, Hash],
  authorisationHash: [2, Hash],
  amountMinor: [3, AmountMinor],
  /** By the terminal's corrected clock. */
  acceptedAtMs: [4, TimeMs],
  /** `toVersion` of the newest revocation list on the till, and when the centre signed it. */
  revocationVersion: [5, v.pipe(v.number(), v.safeInteger(), v.minValue(0))],
  revocationsAtSeconds: [6, TimeSeconds],
});
