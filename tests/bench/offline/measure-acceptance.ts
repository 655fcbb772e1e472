import { Alternation } from '../optical/alternation.ts';
import { createContestants } from '../optical/contestants.ts';
import { split } from '../optical/twin-kinds.ts';
import { watchAlternation } from '../optical/watch-alternation.ts';
import type { VerificationMeasured } from './measure-verification.ts';
import { percentileOf } from './percentile.ts';

const SIZE = { width: 1280, height: 720 };
const RHYTHM_MS = 250;
const WARM_UP = 3;
/** A consent in a chain, with a short list of withdrawn allowances. */
const PAYLOAD_BYTES = 740;

export interface AcceptanceMeasured {
  /** How many times slower the till is made: reader, verification and disk. */
  readonly slowness: number;
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly unread: number;
}

/**
 * From the first frame with the customer's code in it until the till may say "accepted": the app's readers on the frames of a
 * hand-held camera, as in the optical bench, and after each showing what one taking of a consent took in this run's browser.
 */
export async function measureAcceptance(
  showings: number,
  taken: readonly VerificationMeasured[],
): Promise<AcceptanceMeasured[]> {
  const reader = (await createContestants()).find(({ name }) => name.startsWith('the app'))!;
  const kind = split(PAYLOAD_BYTES);
  const measured: AcceptanceMeasured[] = [];
  for (const { slowness, tookMs } of taken) {
    const afterMs: number[] = [];
    let unread = 0;
    for (let number = -WARM_UP; number < showings; number += 1) {
      const alternation = new Alternation({ kind, size: SIZE, number, rhythmMs: RHYTHM_MS, regenerationMs: 0 });
      const { bothAfterMs } = await watchAlternation(alternation, reader, slowness);
      if (number < 0) continue;
      if (bothAfterMs === undefined) unread += 1;
      afterMs.push((bothAfterMs ?? Number.POSITIVE_INFINITY) + tookMs[number % tookMs.length]!);
    }
    const at = percentileOf(Float64Array.from(afterMs));
    measured.push({ slowness, count: showings, medianMs: at(0.5), p95Ms: at(0.95), unread });
  }
  return measured;
}
