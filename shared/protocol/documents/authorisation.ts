import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { defineDocument } from './document.ts';
import { AccountToken, ChainCounter, Hash, Serial, TimeMs } from './fields.ts';

/**
 * The payer's consent to exactly one request. Signed by the wallet's device key (this phone); its hash is the challenge
 * that the passkey signs (this person), so amount, payee and voucher are what was consented to.
 *
 * A phone with an allowance chains its consents (`offline/chain.ts`): the last four fields are there together or not at all. Two
 * different ones in one place of the chain prove that the phone's storage was copied or rolled back.
 */
export const Authorisation = defineDocument('tandem/authorisation/v1', {
  requestHash: [1, Hash],
  accountToken: [2, AccountToken],
  /** Said again so that the consent stands by itself; must equal the request's. */
  amountMinor: [3, AmountMinor],
  authorisedAtMs: [4, TimeMs],
  /** Serial of the wallet certificate that grants the allowance. */
  allowance: [5, v.optional(Serial)],
  /** Place in the chain: 1 for the first, then one more each time. */
  counter: [6, v.optional(ChainCounter)],
  /** Hash of the consent before; of the wallet certificate's content for the first. */
  previous: [7, v.optional(Hash)],
  /** All that was consented to out of the allowance, this payment included. */
  cumulativeMinor: [8, v.optional(AmountMinor)],
});
