import type { OutcomeKind } from '../elements/tandem-outcome.ts';
import { playSound } from './sounds.ts';

/** On, off, on … in milliseconds. Felt through a pocket; iOS has none, which is why there is always sound and sight too. */
const VIBRATIONS: Readonly<Record<OutcomeKind, readonly number[]>> = {
  paid: [60],
  guaranteed: [60, 80, 60],
  'not-paid': [180, 90, 180],
  unknown: [],
};

/** Sound and vibration of an outcome; "unknown" makes neither. Call once per outcome. */
export function signalOutcome(kind: OutcomeKind): void {
  if (kind !== 'unknown') playSound(kind);
  if (VIBRATIONS[kind].length > 0) navigator.vibrate?.([...VIBRATIONS[kind]]);
}
