import * as v from 'valibot';
import { AmountMinor } from '../amount.ts';
import { BOUNDS } from '../bounds.ts';
import { CurrencyCode } from '../currency.ts';
import { ParticipantCode, ProgrammeId } from '../identifiers.ts';
import { type DocumentContent, defineCentreDocument } from './document.ts';
import { AccountToken, bytesOf, CurrencyExponent, PublicKey, Serial, TimeSeconds } from './fields.ts';

/**
 * The centre's word that a card may be spent by one device key together with one passkey. With an allowance it says as well that
 * the issuer has set so much money aside for what that phone pays without network: the five fields are there together or not
 * at all (`allowanceOf` in `offline/allowance.ts`). The certificate's serial is the allowance's name.
 */
export const WalletCertificate = defineCentreDocument('tandem/wallet-certificate/v1', {
  programme: [1, ProgrammeId],
  serial: [2, Serial],
  issuer: [3, ParticipantCode],
  accountToken: [4, AccountToken],
  devicePublicKey: [5, PublicKey],
  /** ES256 public key: x and y, 32 bytes each. */
  passkeyPublicKey: [6, bytesOf(64)],
  currency: [7, CurrencyCode],
  exponent: [8, CurrencyExponent],
  issuedAtSeconds: [9, TimeSeconds],
  expiresAtSeconds: [10, TimeSeconds],
  /** All that may be paid out of the allowance. */
  allowanceLimitMinor: [11, v.optional(AmountMinor)],
  /** The largest single payment out of it. */
  allowancePaymentMaxMinor: [12, v.optional(AmountMinor)],
  /** The highest counter. */
  allowanceCountMax: [
    13,
    v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(BOUNDS.allowanceCountMax))),
  ],
  /** No consent made later is guaranteed. Never after the certificate's own end. */
  allowanceExpiresAtSeconds: [14, v.optional(TimeSeconds)],
});
export type WalletCertificateContent = DocumentContent<(typeof WalletCertificate)['fields']>;
