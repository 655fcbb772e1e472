import type { TwinSide } from '../../shared/protocol/codes/twin-code.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { Scanned, ScanSubject } from './scanned.ts';

/** How far the scan of a customer is. */
export type ScanState =
  | { readonly status: 'looking' }
  /** One of two. `seen` has both sides where they were of two showings. */
  | { readonly status: 'half'; readonly seen: readonly TwinSide[]; readonly sinceMs: number }
  /** What is held before it will not do, and why; it goes on looking. */
  | { readonly status: 'problem'; readonly code: RefusalCode; readonly about?: ScanSubject; readonly atMs: number }
  /** Both are in, and being looked into. */
  | { readonly status: 'reading' }
  | { readonly status: 'done'; readonly scanned: Scanned };

export type ScanEvent =
  /** @property isLive from a camera or a shared screen, where the other code follows by itself */
  | { readonly kind: 'half'; readonly side: TwinSide; readonly isLive: boolean }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly about?: ScanSubject }
  | { readonly kind: 'complete' }
  | { readonly kind: 'read'; readonly scanned: Scanned }
  /** Time went by. */
  | { readonly kind: 'tick' };

/** The codes change several times a second: who sees only one of them for this long looks at a picture of one. */
const HALF_MS_MAX = 3000;
/** Long enough to be read out. A problem that lasts is seen again, and stays. */
const PROBLEM_SHOWN_MS = 5000;

export const LOOKING: ScanState = { status: 'looking' };

/** Pure transition. What brings the scan nearer to its end always wins over what was wrong before. */
export function decideScan(state: ScanState, event: ScanEvent, nowMs: number): ScanState {
  if (state.status === 'done') return state;
  switch (event.kind) {
    case 'read':
      return { status: 'done', scanned: event.scanned };
    case 'complete':
      return { status: 'reading' };
    case 'refused':
      // Whatever else hangs on the wall behind the phone does not matter while the phone is read.
      if (event.code === 'code_unreadable' && (state.status === 'half' || state.status === 'reading')) return state;
      return { status: 'problem', code: event.code, ...(event.about && { about: event.about }), atMs: nowMs };
    case 'half':
      return decideHalf(state, event, nowMs);
    case 'tick':
      return decideTick(state, nowMs);
  }
}

function decideHalf(state: ScanState, { side, isLive }: ScanEvent & { kind: 'half' }, nowMs: number): ScanState {
  switch (state.status) {
    case 'reading':
    case 'done':
      return state;
    case 'problem':
      // Still only one of them: said already, and true for as long as it lasts.
      if (isHalfProblem(state.code) && isLive) return { ...state, atMs: nowMs };
      return { status: 'half', seen: [side], sinceMs: isLive ? nowMs : Number.POSITIVE_INFINITY };
    case 'looking':
      return { status: 'half', seen: [side], sinceMs: isLive ? nowMs : Number.POSITIVE_INFINITY };
    case 'half': {
      const seen = state.seen.includes(side) ? state.seen : [...state.seen, side];
      // Chosen pictures and pasted texts do not change any more: two that did not match never will.
      if (!isLive && seen.length === 2) return { status: 'problem', code: 'twin_code_mixed', atMs: nowMs };
      return decideTick({ ...state, seen }, nowMs);
    }
  }
}

function decideTick(state: ScanState, nowMs: number): ScanState {
  switch (state.status) {
    case 'half': {
      if (nowMs - state.sinceMs < HALF_MS_MAX) return state;
      const code = state.seen.length === 2 ? 'twin_code_mixed' : 'twin_code_incomplete';
      return { status: 'problem', code, atMs: nowMs };
    }
    case 'problem':
      return nowMs - state.atMs < PROBLEM_SHOWN_MS ? state : LOOKING;
    default:
      return state;
  }
}

function isHalfProblem(code: RefusalCode): boolean {
  return code === 'twin_code_incomplete' || code === 'twin_code_mixed';
}
