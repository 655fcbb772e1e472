import { CurrencyCode } from '../currency.ts';
import { ParticipantCode, ProgrammeId } from '../identifiers.ts';
import { type DocumentContent, defineCentreDocument } from './document.ts';
import { AccountToken, bytesOf, CurrencyExponent, PublicKey, Serial, TimeSeconds } from './fields.ts';

/** The centre's word that a card may be spent by one device key together with one passkey. */
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
});
export type WalletCertificateContent = DocumentContent<(typeof WalletCertificate)['fields']>;
