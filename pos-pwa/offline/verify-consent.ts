import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { encodeUtf8, isEqualBytes } from '../../shared/protocol/bytes.ts';
import { sha256 } from '../../shared/protocol/hash.ts';
import { type TrustedWallet, verifyTerminalCertificate } from '../../shared/protocol/payment/certificates.ts';
import { type VerifiedAuthorisation, verifyAuthorisation } from '../../shared/protocol/payment/verify-authorisation.ts';
import { type VerifiedRequest, verifyRequest } from '../../shared/protocol/payment/verify-request.ts';
import { type Result, refuse } from '../../shared/protocol/result.ts';
import type { CarriedConsent, Sale } from '../sale/sale.ts';
import type { Terminal } from '../till/terminal.ts';

export interface ConsentSituation {
  readonly sale: Pick<Sale, 'request' | 'terminalCertificate' | 'requestedAtMs'>;
  /** Verified by the centre's keys. */
  readonly wallet: TrustedWallet;
  readonly terminal: Pick<Terminal, 'trust' | 'record'>;
  /** The latest time the till is sure of. */
  readonly nowMs: number;
}

/**
 * Verifies all that the centre would of a consent and the request it is for, with the centre's own functions; what is left is
 * the allowance and the till's limits (`decideAcceptance`). What passes here must not be refused there: goods go over the counter.
 *
 * Refuses what `verifyTerminalCertificate`, `verifyRequest` and `verifyAuthorisation` refuse, `request_mismatch` and `amount_mismatch` (for
 * another sale), `currency_mismatch`, `account_unknown` (of another issuer), `request_expired`, `authorisation_expired`.
 */
export async function verifyConsent(
  consent: Pick<CarriedConsent, 'authorisation' | 'assertion'>,
  { sale, wallet, terminal, nowMs }: ConsentSituation,
): Promise<Result<VerifiedAuthorisation>> {
  const { trust, record } = terminal;
  const certificate = await verifyTerminalCertificate(sale.terminalCertificate, trust);
  if (!certificate.ok) return certificate;
  // The till's own, from its disk: good at the time it was made.
  const request = await verifyRequest(sale.request, certificate.value, sale.requestedAtMs);
  if (!request.ok) return request;
  const { rpId, walletOrigin } = record.programme;
  const relyingParty = { rpIdHash: await sha256(encodeUtf8(rpId)), origins: [walletOrigin] };
  const authorisation = await verifyAuthorisation(consent, wallet, relyingParty, nowMs);
  if (!authorisation.ok) return authorisation;
  return matchConsent(authorisation.value, request.value, wallet, nowMs) ?? authorisation;
}

function matchConsent(
  { requestHash, amountMinor, authorisedAtMs, issuer }: VerifiedAuthorisation,
  request: VerifiedRequest,
  wallet: TrustedWallet,
  nowMs: number,
) {
  if (!isEqualBytes(requestHash, request.hash)) return refuse('request_mismatch');
  if (amountMinor !== request.amountMinor) return refuse('amount_mismatch');
  const { currency, exponent } = wallet.content;
  if (currency !== request.currency || exponent !== request.exponent) return refuse('currency_mismatch');
  // The standard form (R1.9): issuer and acquirer are one.
  if (issuer !== request.acquirer) return refuse('account_unknown');
  if (nowMs > request.expiresAtMs) return refuse('request_expired');
  const toleranceMs = BOUNDS.clockToleranceSeconds * 1000;
  const isWithinItsLife =
    authorisedAtMs >= request.requestedAtMs - toleranceMs && authorisedAtMs <= request.expiresAtMs + toleranceMs;
  return isWithinItsLife ? undefined : refuse('authorisation_expired');
}
