import { AmountMinor } from '../amount.ts';
import { defineDocument } from './document.ts';
import { AccountToken, Hash, TimeMs } from './fields.ts';

/**
 * The payer's consent to exactly one request. Signed by the wallet's device key (this phone); its hash is the challenge
 * that the passkey signs (this person), so amount, payee and voucher are what was consented to.
 */
export const Authorisation = defineDocument('tandem/authorisation/v1', {
  requestHash: [1, Hash],
  accountToken: [2, AccountToken],
  /** Said again so that the consent stands by itself; must equal the request's. */
  amountMinor: [3, AmountMinor],
  authorisedAtMs: [4, TimeMs],
});
