import { type Bytes, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { PayCodeState, RefusedTry } from './kept-pay-code.ts';

export type PayCodeEvent =
  /** The passkey answered. */
  | { readonly kind: 'confirm'; readonly assertion: Bytes; readonly atMs: number }
  /** A receipt "paid" that the centre signed for exactly this pay code, within its cap. */
  | ({ readonly kind: 'pay' } & Omit<Extract<PayCodeState, { status: 'paid' }>, 'status'>)
  /** A shop tried and was told no. It may try again. */
  | { readonly kind: 'refuse'; readonly refusal: RefusedTry }
  /** The person took it back. */
  | { readonly kind: 'withdraw'; readonly atMs: number }
  /** The centre knows of no payment, and its time is over or it is cancelled there. */
  | { readonly kind: 'end'; readonly atMs: number }
  /** The person consented to a shop's order instead: what came of that is a payment of its own. */
  | { readonly kind: 'hand-over'; readonly atMs: number }
  /** The passkey was closed, or a start found it unsigned. */
  | { readonly kind: 'drop'; readonly atMs: number };

/**
 * The next state, or undefined when the event changes nothing. What the centre signed as paid is paid, whatever this phone
 * believed before. A consent that was given ends by the centre's word alone: taking it back only stops the showing.
 */
export function decidePayCode(state: PayCodeState, event: PayCodeEvent): PayCodeState | undefined {
  switch (event.kind) {
    case 'confirm':
      if (state.status !== 'prepared') return undefined;
      return { status: 'confirmed', assertion: event.assertion, confirmedAtMs: event.atMs };
    case 'pay': {
      if (state.status === 'paid') return undefined;
      const { kind: _, ...payment } = event;
      return { status: 'paid', ...payment };
    }
    case 'refuse':
      if (state.status !== 'confirmed' && state.status !== 'withdrawn') return undefined;
      return isSameTry(state.refusal, event.refusal) ? undefined : { ...state, refusal: event.refusal };
    case 'withdraw':
      if (state.status !== 'confirmed') return undefined;
      return { status: 'withdrawn', withdrawnAtMs: event.atMs, ...keepRefusal(state) };
    case 'end':
      if (state.status !== 'confirmed' && state.status !== 'withdrawn') return undefined;
      return { status: 'ended', endedAtMs: event.atMs, ...keepRefusal(state) };
    case 'hand-over':
      if (state.status === 'ended' && state.refusal) return { status: 'ended', endedAtMs: state.endedAtMs };
      return state.status === 'confirmed' || state.status === 'withdrawn'
        ? { status: 'ended', endedAtMs: event.atMs }
        : undefined;
    case 'drop':
      return state.status === 'prepared' ? { status: 'dropped', droppedAtMs: event.atMs } : undefined;
  }
}

function keepRefusal({ refusal }: { readonly refusal?: RefusedTry }): { refusal?: RefusedTry } {
  return refusal ? { refusal } : {};
}

function isSameTry(known: RefusedTry | undefined, heard: RefusedTry): boolean {
  if (!known || known.code !== heard.code) return false;
  if (!known.signed || !heard.signed) return known.signed === heard.signed;
  return isEqualBytes(known.signed.receipt, heard.signed.receipt);
}
