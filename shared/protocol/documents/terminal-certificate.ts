import { CurrencyCode } from '../currency.ts';
import { MerchantNo, ParticipantCode, ProgrammeId, TerminalId } from '../identifiers.ts';
import { type DocumentContent, defineCentreDocument } from './document.ts';
import { CurrencyExponent, PublicKey, Serial, ShopName, TimeSeconds } from './fields.ts';

/** The centre's word that a key is a terminal of a shop. What it says need not be said again in each request. */
export const TerminalCertificate = defineCentreDocument('tandem/terminal-certificate/v1', {
  programme: [1, ProgrammeId],
  serial: [2, Serial],
  acquirer: [3, ParticipantCode],
  merchantNo: [4, MerchantNo],
  terminalId: [5, TerminalId],
  shopName: [6, ShopName],
  currency: [7, CurrencyCode],
  exponent: [8, CurrencyExponent],
  publicKey: [9, PublicKey],
  issuedAtSeconds: [10, TimeSeconds],
  expiresAtSeconds: [11, TimeSeconds],
});
export type TerminalCertificateContent = DocumentContent<(typeof TerminalCertificate)['fields']>;
