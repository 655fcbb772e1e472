import { encodeHex } from '../bytes.ts';
import type { RefusalCode } from '../refusals.ts';
import { type Capture, judgeCapture, type MatchedPair, matchCaptures, type TwinRules } from './join-twin-code.ts';
import { parseTwinHalf, type TwinSide } from './twin-code.ts';

/** How far a scanner has come with a twin code. */
export type Collected =
  | { readonly status: 'nothing' }
  /** One of two: `seen` says which. */
  | { readonly status: 'half'; readonly seen: TwinSide }
  | { readonly status: 'complete'; readonly pair: MatchedPair; readonly captures: readonly [Capture, Capture] }
  /** Both were seen and do not go together: a screenshot, a recording, a clock that is off. Scanning may go on. */
  | { readonly status: 'refused'; readonly code: RefusalCode };

/** A showing lasts a few seconds: who scans meets two or three of them, and halves of older ones are of no use. */
const PAIRS_KEPT_MAX = 4;

/**
 * Gathers the two codes of one showing from what a scanner sees, in any order, any number of times, with showings that follow
 * one another. Pure but for what it remembers; the first capture of a code is the one that counts.
 */
export class TwinCollector {
  readonly #rules: TwinRules;
  /** By pair, newest last. */
  readonly #halves = new Map<string, Map<TwinSide, Capture>>();

  constructor(rules: TwinRules) {
    this.#rules = rules;
  }

  /** Takes one capture. @returns how far it is now; a text that is no half of a twin code is `refused` as `code_unreadable` */
  add(capture: Capture): Collected {
    const half = parseTwinHalf(capture.text);
    if (!half.ok) return { status: 'refused', code: half.code };
    const { side, mode, pairId } = half.value;
    const key = `${mode}.${encodeHex(pairId)}`;
    const sides = this.#halves.get(key) ?? new Map<TwinSide, Capture>();
    if (!sides.has(side)) sides.set(side, capture);
    this.#halves.delete(key);
    this.#halves.set(key, sides);
    if (this.#halves.size > PAIRS_KEPT_MAX) this.#halves.delete(this.#halves.keys().next().value!);
    const [a, b] = [sides.get('A'), sides.get('B')];
    if (!a || !b) {
      // Old codes are told at the first: nobody has to wait for the second of a screenshot that has but one.
      const objection = judgeCapture(half.value, capture.capturedAtMs, this.#rules);
      return objection ? { status: 'refused', code: objection } : { status: 'half', seen: side };
    }
    const captures = [a, b] as const;
    const matched = matchCaptures(captures, this.#rules);
    return matched.ok
      ? { status: 'complete', pair: matched.value, captures }
      : { status: 'refused', code: matched.code };
  }
}
