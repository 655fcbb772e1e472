import { BOUNDS } from '../../shared/protocol/bounds.ts';
import { encodeAuthorisationPayload } from '../../shared/protocol/codes/authorisation-payload.ts';
import { createSplitCode } from '../../shared/protocol/codes/split-code.ts';
import { createShowing, type TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { PaymentIntent } from './payment-intent.ts';

/** The last moment at which the centre would take the consent from the till. */
export function showableUntilMs({ facts, authorisedAtMs }: Pick<PaymentIntent, 'facts' | 'authorisedAtMs'>): number {
  return Math.min(facts.expiresAtMs, authorisedAtMs + BOUNDS.authorisationValidSeconds * 1000);
}

/**
 * A fresh pair of codes of a consent that is on the disk, for the very till that asked. The consent in it is the same each time:
 * whoever hands it in, and however often, it pays once.
 */
export function makeConsentShowing(
  { documents, state }: Pick<PaymentIntent, 'documents' | 'state'>,
  rhythmMs: number,
  nowMs: number,
): Promise<TwinCode> {
  if (state.status !== 'signed') throw new Error('Only a signed consent is shown.');
  const { authorisation, walletCertificate } = documents;
  const payload = encodeAuthorisationPayload({ authorisation, assertion: state.assertion, walletCertificate });
  return createSplitCode(payload, createShowing(nowMs, rhythmMs));
}
