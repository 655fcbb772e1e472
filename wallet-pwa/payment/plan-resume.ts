import { BOUNDS } from '../../shared/protocol/bounds.ts';
import type { PaymentIntent } from './payment-intent.ts';

/**
 * What to do with a payment found in storage after a reload or a crash.
 *
 * - `hand-in`: the person had consented; the same documents go to the centre
 * - `ask`: nobody had consented and there is still time; the same authorisation is offered to the passkey again
 * - `drop`: nobody had consented and time is over; no assertion ever left this phone, so it cannot have been paid
 * - `leave`: it has ended
 */
export type ResumeStep = 'hand-in' | 'ask' | 'drop' | 'leave';

/** With less time than this, a person cannot read and confirm; a fresh code is kinder than a race. */
const SIGN_TIME_MS_MIN = 5_000;

/** @param nowMs this phone's clock, corrected to the centre's */
export function planResume({ state, facts, authorisedAtMs }: PaymentIntent, nowMs: number): ResumeStep {
  if (state.status === 'signed') return 'hand-in';
  if (state.status !== 'prepared') return 'leave';
  const openUntilMs = Math.min(facts.expiresAtMs, authorisedAtMs + BOUNDS.authorisationValidSeconds * 1000);
  return nowMs + SIGN_TIME_MS_MIN < openUntilMs ? 'ask' : 'drop';
}
