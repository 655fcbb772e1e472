import type { Random } from './random.ts';

/** What goes wrong in one seed, and how often. Drawn anew for each, so that every mix is met. Probabilities of one occasion each. */
export interface Faults {
  /** A message is lost: half of them on the way there, half with the answer. */
  readonly loss: number;
  /** A message arrives once more, later. */
  readonly duplicates: number;
  /** A message arrives up to so much later; the sender hears nothing. */
  readonly delay: number;
  readonly delayMsMax: number;
  /** A device is cut off, in one step; and for how many. */
  readonly partition: number;
  readonly partitionSteps: number;
  /** A code is not read. */
  readonly unreadable: number;
  /** Somebody shows again what a camera has captured before. */
  readonly replay: number;
  /** A device is killed at one of the next calls of its ports. */
  readonly kill: number;
  /** The centre is killed in the middle of a transaction. */
  readonly centreKill: number;
  /** A device's storage does not take a write. */
  readonly storage: number;
  /** A device's clock is set by up to so much. */
  readonly clockJump: number;
  readonly clockJumpMsMax: number;
  /** How much faster or slower a device's clock runs. */
  readonly drift: number;
  /** A passkey is not used: the person closes the sheet. */
  readonly passkey: number;
}

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

export function drawFaults(random: Random): Faults {
  /** One seed in three knows nothing of a fault: rare ones are met alone as well. */
  const some = (most: number) => (random.chance(0.33) ? 0 : random.number() * most);
  return {
    loss: some(0.3),
    duplicates: some(0.5),
    delay: some(0.3),
    delayMsMax: random.pick([60_000, HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS]),
    partition: some(0.15),
    partitionSteps: random.between(2, 60),
    unreadable: some(0.5),
    replay: some(0.1),
    kill: some(0.08),
    centreKill: some(0.03),
    storage: some(0.1),
    clockJump: some(0.03),
    clockJumpMsMax: random.pick([60_000, HOUR_MS, 48 * HOUR_MS, 10 * YEAR_MS]),
    drift: some(0.05),
    passkey: some(0.1),
  };
}

/** What kinds of people there are in a seed. */
export interface Cast {
  readonly wallets: number;
  readonly tills: number;
  /** Phones whose storage is copied, or set back to an earlier one. */
  readonly copies: number;
  /** A till that takes whatever it is shown. */
  readonly hasBlindTill: boolean;
}

export function drawCast(random: Random): Cast {
  const isMalicious = random.chance(0.5);
  return {
    wallets: random.between(1, 4),
    tills: random.between(1, 4),
    copies: isMalicious ? random.between(1, 3) : 0,
    hasBlindTill: isMalicious && random.chance(0.4),
  };
}
