import type { ProgrammeId } from '../../shared/protocol/identifiers.ts';
import type { UnsettledFile } from '../../shared/protocol/wire/unsettled-file.ts';
import { encodeConsent } from '../payment/hand-in.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';

/** Signed consents as one file, in the order they came to be. */
export function createUnsettledFile(programme: ProgrammeId, signed: readonly PaymentIntent[]): File {
  const calls = signed
    .toSorted((one, other) => one.authorisedAtMs - other.authorisedAtMs)
    .map((intent) => ({ ...encodeConsent(intent), isTillAway: true }));
  const content: UnsettledFile = { format: 'tandem-unsettled/1', programme, calls };
  return new File([JSON.stringify(content)], 'tandem-unsettled.json', { type: 'application/json' });
}
