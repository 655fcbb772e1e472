import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';

/** Signed with the network off; waits on the disk until it is back. */
export interface KeptRehearsal {
  readonly accountNumber: AccountNumber;
  /** COSE_Sign1 of a `Rehearsal`, and the passkey's assertion on its hash. */
  readonly document: Bytes;
  readonly assertion: Bytes;
}

/**
 * Switching on, on the screen:
 *
 *     explaining ─agree─▶ unplugging ─offline─▶ unplugged ─confirm─▶ signing ─sign─▶ signed ─online─▶ handing-in ─▶ granted
 *
 * What the network does decides, never a tap: the person is not asked whether it is off.
 */
export type RehearsalState =
  | { readonly status: 'explaining'; readonly notice?: RefusalCode }
  | { readonly status: 'unplugging' }
  /** `tries`: how often the passkey did not sign. */
  | { readonly status: 'unplugged'; readonly tries: number; readonly notice?: RefusalCode }
  | { readonly status: 'signing'; readonly tries: number }
  | { readonly status: 'signed' }
  | { readonly status: 'handing-in' }
  | { readonly status: 'granted' };

export type RehearsalEvent =
  | { readonly kind: 'agree' }
  /** What was signed an earlier time waits for the network. */
  | { readonly kind: 'find' }
  | { readonly kind: 'network'; readonly isOnline: boolean }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'fail'; readonly code: RefusalCode }
  | { readonly kind: 'sign' }
  | { readonly kind: 'hand-in' }
  | { readonly kind: 'grant' }
  | { readonly kind: 'close' };

/** The next state; the same object when the event does not belong here. */
export function decideRehearsal(state: RehearsalState, event: RehearsalEvent): RehearsalState {
  switch (event.kind) {
    case 'agree':
      return state.status === 'explaining' ? { status: 'unplugging' } : state;
    case 'find':
      return state.status === 'explaining' ? { status: 'signed' } : state;
    case 'network':
      if (state.status === 'unplugging' && !event.isOnline) return { status: 'unplugged', tries: 0 };
      return state.status === 'unplugged' && event.isOnline ? { status: 'unplugging' } : state;
    case 'confirm':
      return state.status === 'unplugged' ? { status: 'signing', tries: state.tries } : state;
    case 'sign':
      return state.status === 'signing' ? { status: 'signed' } : state;
    case 'hand-in':
      return state.status === 'signed' || state.status === 'explaining' ? { status: 'handing-in' } : state;
    case 'grant':
      return state.status === 'handing-in' ? { status: 'granted' } : state;
    case 'fail':
      return fail(state, event.code);
    case 'close':
      return state.status === 'signing' ? state : { status: 'explaining' };
  }
}

function fail(state: RehearsalState, code: RefusalCode): RehearsalState {
  switch (state.status) {
    case 'signing':
      return { status: 'unplugged', tries: state.tries + 1, notice: code };
    case 'handing-in':
      return code === 'no_network' ? { status: 'signed' } : { status: 'explaining', notice: code };
    default:
      return state;
  }
}

/**
 * Whether the passkey seems unable to sign without a network: the browser says so, or it was closed more than once. Browsers hide
 * the reason on purpose, so that the second time the person is told of both.
 */
export function isPasskeyInDoubt(state: RehearsalState): boolean {
  return state.status === 'unplugged' && (state.notice === 'passkey_unavailable' || state.tries > 1);
}
