import { type Bytes, isEqualBytes } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';
import { joinCrossCheckCode, payloadOfHalf } from './cross-check-code.ts';
import { joinSplitCode } from './split-code.ts';
import { parseTwinHalf, type TwinHalf, type TwinMode } from './twin-code.ts';

/** A code as a scanner saw it. */
export interface Capture {
  readonly text: string;
  /** By the scanner's clock, corrected to the centre's: when the frame was taken, not when it was read. */
  readonly capturedAtMs: number;
}

/** Of the programme's settings. */
export interface TwinRules {
  /** How far apart A and B may have been made (R2.4). */
  readonly windowMs: number;
  /** How far a code's capture may be from its making (R2.5). */
  readonly toleranceMs: number;
}

/** A and B of one showing, in time; what they carry is not looked at yet. */
export interface MatchedPair {
  readonly mode: TwinMode;
  readonly pairId: Bytes;
  readonly a: TwinHalf;
  readonly b: TwinHalf;
  /** Of A and of B. */
  readonly capturedAtMs: readonly [number, number];
}

export interface JoinedTwinCode extends MatchedPair {
  readonly payload: Bytes;
}

/** Finds the secret of the account that a cross-check payload names; undefined where there is none. */
export type FindAccountSecret = (payload: Bytes) => Promise<CryptoKey | undefined>;

/**
 * Whether two captures, in whatever order, are the two codes of one showing, seen while they were shown. All that a till can
 * say of a cross-check code. Refuses, in this order: `code_unreadable`; `twin_code_incomplete` (the same side twice);
 * `twin_code_mixed` (of two showings, or modes); `twin_code_window` (R2.4); `clock_off` (captured before it was made) and
 * `twin_code_stale` (R2.5): a screenshot, a photograph or a recording shown later.
 */
export function matchCaptures(captures: readonly [Capture, Capture], rules: TwinRules): Result<MatchedPair> {
  const halves: [TwinHalf, number][] = [];
  for (const { text, capturedAtMs } of captures) {
    const half = parseTwinHalf(text);
    if (!half.ok) return half;
    halves.push([half.value, capturedAtMs]);
  }
  const [[a, capturedA], [b, capturedB]] = halves.sort(([left], [right]) => left.side.localeCompare(right.side)) as [
    [TwinHalf, number],
    [TwinHalf, number],
  ];
  if (a.mode !== b.mode) return refuse('twin_code_mixed');
  if (a.side === b.side) return refuse('twin_code_incomplete');
  if (!isEqualBytes(a.pairId, b.pairId)) return refuse('twin_code_mixed');
  if (Math.abs(a.madeAtMs - b.madeAtMs) > rules.windowMs) return refuse('twin_code_window');
  const objection = judgeCapture(a, capturedA, rules) ?? judgeCapture(b, capturedB, rules);
  if (objection) return refuse(objection);
  return accept({ mode: a.mode, pairId: a.pairId, a, b, capturedAtMs: [capturedA, capturedB] });
}

/** R2.5. @returns what the moment of its capture says against one code; undefined for a timely one */
export function judgeCapture(
  { madeAtMs }: TwinHalf,
  capturedAtMs: number,
  { toleranceMs }: TwinRules,
): 'clock_off' | 'twin_code_stale' | undefined {
  if (capturedAtMs < madeAtMs - toleranceMs) return 'clock_off';
  return capturedAtMs > madeAtMs + toleranceMs ? 'twin_code_stale' : undefined;
}

/**
 * Joins what `matchCaptures` accepts: only both codes give the payload. Refuses what it refuses, and `code_tampered`,
 * `check_value_invalid`, `account_unknown` (a cross-check code of an account without a secret).
 */
export async function joinTwinCode(
  captures: readonly [Capture, Capture],
  rules: TwinRules,
  findSecret: FindAccountSecret,
): Promise<Result<JoinedTwinCode>> {
  const matched = matchCaptures(captures, rules);
  if (!matched.ok) return matched;
  const payload = await openPair(matched.value, findSecret);
  return payload.ok ? accept({ ...matched.value, payload: payload.value }) : payload;
}

async function openPair({ mode, a, b }: MatchedPair, findSecret: FindAccountSecret): Promise<Result<Bytes>> {
  if (mode === 'split') return joinSplitCode(a, b);
  const secret = await findSecret(payloadOfHalf(a));
  return secret ? joinCrossCheckCode(a, b, secret) : refuse('account_unknown');
}
