import { encodeHex } from '../../shared/protocol/bytes.ts';
import type { ChainPlace } from '../../shared/protocol/offline/chain.ts';
import { createAuthorisation } from '../../shared/protocol/payment/create-authorisation.ts';
import type { SigningKey } from '../../shared/protocol/signing-key.ts';
import type { Card } from '../cards/card.ts';
import type { PayOrder } from './pay-state.ts';
import type { PaymentIntent } from './payment-intent.ts';

/** The consent that the passkey is going to be asked for: made once, kept, and never made again for the same tap. */
export async function createIntent(
  { request, documents }: PayOrder,
  card: Card,
  nowMs: number,
  deviceKey: SigningKey,
  place?: ChainPlace,
): Promise<PaymentIntent> {
  const authorisation = await createAuthorisation(request, card.accountToken, nowMs, deviceKey, place);
  const { traceKey, merchantNo, terminalId, operatorNo, shopName, amountMinor, currency, exponent } = request;
  return {
    id: encodeHex(authorisation.hash),
    facts: {
      traceKey,
      merchantNo,
      terminalId,
      operatorNo,
      shopName,
      amountMinor,
      currency: { code: currency, exponent },
      requestHash: request.hash,
      expiresAtMs: request.expiresAtMs,
    },
    documents: { ...documents, walletCertificate: card.certificate, authorisation: authorisation.document },
    authorisationHash: authorisation.hash,
    authorisedAtMs: nowMs,
    accountNumber: card.accountNumber,
    ...(place && { place }),
    state: { status: 'prepared' },
  };
}
