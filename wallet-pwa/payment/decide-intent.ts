import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { IntentState } from './payment-intent.ts';

export type IntentEvent =
  /** The passkey answered. */
  | { readonly kind: 'sign'; readonly assertion: Bytes; readonly atMs: number }
  /** The till's verified word that it took the consent on its own. */
  | { readonly kind: 'accept'; readonly acceptance: Bytes }
  /** The person says that the shop did not take it. */
  | { readonly kind: 'leave'; readonly untilMs: number }
  /** A receipt "paid" that the centre signed for exactly this authorisation. */
  | {
      readonly kind: 'pay';
      readonly receipt: Bytes;
      readonly decidedAtMs: number;
      readonly sequence: number;
      /** This phone brought the till's request along. */
      readonly isTillAway?: true;
    }
  /** The centre's final no. */
  | { readonly kind: 'refuse'; readonly code: RefusalCode; readonly atMs: number; readonly receipt?: Bytes }
  /** The person closed the sheet, or the request ran out before the person consented. */
  | { readonly kind: 'drop'; readonly atMs: number };

/**
 * The next state, or undefined when the event changes nothing. What the centre signed as paid is paid, whatever this phone
 * believed before; a consent that was given is never dropped by the phone alone, and its first signature is kept.
 */
export function decideIntent(state: IntentState, event: IntentEvent): IntentState | undefined {
  switch (event.kind) {
    case 'sign':
      if (state.status !== 'prepared') return undefined;
      return { status: 'signed', assertion: event.assertion, signedAtMs: event.atMs };
    case 'accept': {
      if (state.status !== 'signed' || state.acceptance) return undefined;
      const { leftUntilMs: _, ...signed } = state;
      return { ...signed, acceptance: event.acceptance };
    }
    case 'leave':
      // Against the till's own word the person's does not stand.
      return state.status === 'signed' && !state.acceptance ? { ...state, leftUntilMs: event.untilMs } : undefined;
    case 'pay': {
      if (state.status === 'paid') return undefined;
      const { receipt, decidedAtMs, sequence, isTillAway } = event;
      return { status: 'paid', receipt, decidedAtMs, sequence, ...(isTillAway && { isTillAway }) };
    }
    case 'refuse':
      if (state.status !== 'signed') return undefined;
      return {
        status: 'refused',
        code: event.code,
        refusedAtMs: event.atMs,
        ...(event.receipt && { receipt: event.receipt }),
      };
    case 'drop':
      return state.status === 'prepared' ? { status: 'dropped', droppedAtMs: event.atMs } : undefined;
  }
}
