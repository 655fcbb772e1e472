import { BOUNDS } from '../../shared/protocol/bounds.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { encodeAuthorisationPayload } from '../../shared/protocol/codes/authorisation-payload.ts';
import { createSplitCode } from '../../shared/protocol/codes/split-code.ts';
import { createShowing, type TwinCode } from '../../shared/protocol/codes/twin-code.ts';
import type { PaymentIntent } from './payment-intent.ts';

/**
 * The last moment at which a till could use the consent: one for the network alone has to be at the centre soon; one out of an
 * allowance may be taken until the request's end, and comes to the centre when there is a network.
 */
export function showableUntilMs({
  facts,
  authorisedAtMs,
  place,
}: Pick<PaymentIntent, 'facts' | 'authorisedAtMs' | 'place'>): number {
  if (place) return facts.expiresAtMs;
  return Math.min(facts.expiresAtMs, authorisedAtMs + BOUNDS.authorisationValidSeconds * 1000);
}

/**
 * A fresh pair of codes of a consent that is on the disk, for the very till that asked. The consent in it is the same each time:
 * whoever hands it in, and however often, it pays once.
 * @param revocations the list this phone carries, for a till that has heard nothing for longer
 */
export function makeConsentShowing(
  { documents, state }: Pick<PaymentIntent, 'documents' | 'state'>,
  rhythmMs: number,
  nowMs: number,
  revocations?: Bytes,
): Promise<TwinCode> {
  if (state.status !== 'signed') throw new Error('Only a signed consent is shown.');
  const { authorisation, walletCertificate } = documents;
  const payload = encodeAuthorisationPayload({
    authorisation,
    assertion: state.assertion,
    walletCertificate,
    ...(revocations && { revocations }),
  });
  return createSplitCode(payload, createShowing(nowMs, rhythmMs));
}
