import type { TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import { decodeDocument } from '../../shared/protocol/documents/document.ts';
import { WalletCertificate } from '../../shared/protocol/documents/wallet-certificate.ts';
import { createPayCodeShowing } from '../../shared/protocol/payment/create-pay-code.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { PayCodeSettings } from '../../shared/protocol/wire/pay-codes.ts';
import type { Card } from '../cards/card.ts';
import type { KeptPayCode } from './kept-pay-code.ts';

export interface ShowingParts {
  readonly card: Card;
  readonly settings: PayCodeSettings;
  readonly deviceKey: SigningKey;
  /** By the clock corrected to the centre's. */
  readonly nowMs: number;
}

/** A fresh pair of codes of a pay code that the person consented to; needs no network. */
export async function makeShowing(
  { content, state }: KeptPayCode,
  { card, settings, deviceKey, nowMs }: ShowingParts,
): Promise<TwinCode> {
  if (state.status !== 'confirmed') throw new Error('Only a confirmed pay code is shown.');
  const certificate = decodeDocument(WalletCertificate, card.certificate);
  if (!certificate.ok) throw new Error('The certificate of the card does not decode.');
  return createPayCodeShowing(
    { content, assertion: state.assertion },
    {
      mode: settings.mode,
      nowMs,
      rhythmMs: settings.rhythmMs,
      deviceKey,
      walletCertificate: card.certificate,
      certificateSerial: certificate.value.content.serial,
      ...(card.accountSecret && { accountSecret: card.accountSecret }),
    },
  );
}

/**
 * Whether the card can make codes that the centre takes until the end of their life, with what this phone has: a certificate
 * that lasts, and, where the programme asks for check values, the secret that makes them. One sync brings both.
 */
export function canMakeShowings(card: Card, { mode }: PayCodeSettings, untilMs: number): boolean {
  return card.certificateExpiresAtMs > untilMs && (mode === 'split' || card.accountSecret !== undefined);
}
