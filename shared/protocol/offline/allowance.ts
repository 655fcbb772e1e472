import type { AmountMinor } from '../amount.ts';
import type { Bytes } from '../bytes.ts';
import type { WalletCertificateContent } from '../documents/wallet-certificate.ts';

/** Money the issuer has set aside for what one phone pays without network, as its wallet certificate says. Minor units. */
export interface Allowance {
  /** Serial of the wallet certificate. */
  readonly serial: Bytes;
  readonly limitMinor: AmountMinor;
  readonly paymentMaxMinor: AmountMinor;
  readonly countMax: number;
  readonly expiresAtMs: number;
}

/** @returns undefined for a certificate that grants none, or only a part of one: such are not signed by a centre */
export function allowanceOf(certificate: WalletCertificateContent): Allowance | undefined {
  const { serial, allowanceLimitMinor, allowancePaymentMaxMinor, allowanceCountMax, allowanceExpiresAtSeconds } =
    certificate;
  if (
    allowanceLimitMinor === undefined ||
    allowancePaymentMaxMinor === undefined ||
    allowanceCountMax === undefined ||
    allowanceExpiresAtSeconds === undefined
  )
    return undefined;
  return {
    serial,
    limitMinor: allowanceLimitMinor,
    paymentMaxMinor: allowancePaymentMaxMinor,
    countMax: allowanceCountMax,
    expiresAtMs: allowanceExpiresAtSeconds * 1000,
  };
}
