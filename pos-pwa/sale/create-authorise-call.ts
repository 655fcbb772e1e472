import { encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { AuthoriseCall } from '../../shared/protocol/wire/payments.ts';
import { type CarriedConsent, isConsent, type Sale } from './sale.ts';

/** In the customer's place: the same documents, to the same effect, whoever carries them. */
export function encodeConsent(
  { request, terminalCertificate }: Pick<Sale, 'request' | 'terminalCertificate'>,
  { authorisation, assertion, walletCertificate }: CarriedConsent,
): AuthoriseCall {
  return {
    authorisation: encodeBase64url(authorisation),
    assertion: encodeBase64url(assertion),
    walletCertificate: encodeBase64url(walletCertificate),
    request: encodeBase64url(request),
    terminalCertificate: encodeBase64url(terminalCertificate),
  };
}

/**
 * All that settles a sale, from whatever device it is handed in: what the till took alone with its word on that, or a consent that
 * it scanned and could not hand in. Undefined where the customer gave none to this till.
 */
export function createAuthoriseCall(sale: Sale): AuthoriseCall | undefined {
  const { state } = sale;
  switch (state.status) {
    case 'accepted':
    case 'not-settled':
      // The acceptance is the till's own word on its request: the centre takes the request from here as handed in by it.
      return { ...encodeConsent(sale, state.consent), acceptance: encodeBase64url(state.acceptance) };
    case 'charging':
      return isConsent(state.charge) ? { ...encodeConsent(sale, state.charge), isTillAway: true } : undefined;
    default:
      return undefined;
  }
}
