import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import type { KeptPayCode } from './kept-pay-code.ts';
import type { CodeChoice, ShowCodeState } from './show-code-state.ts';

export type ShowCodeEvent =
  | { readonly kind: 'open'; readonly choice: CodeChoice }
  | { readonly kind: 'choose'; readonly choice: CodeChoice }
  | { readonly kind: 'confirm' }
  /** The passkey was closed, or something on this phone failed before a code could be drawn. Nothing is lost. */
  | { readonly kind: 'choose-again'; readonly notice: RefusalCode }
  | { readonly kind: 'show'; readonly code: KeptPayCode }
  /** The stored pay code as it is after some news. */
  | { readonly kind: 'hear'; readonly code: KeptPayCode }
  /** The centre asks for the passkey on an order of a shop. */
  | { readonly kind: 'ask'; readonly id: string }
  | { readonly kind: 'expire' }
  | { readonly kind: 'close' };

/** The next state of the screen; the same object when the event does not belong here (late news, a double tap). */
export function decideShowCode(state: ShowCodeState, event: ShowCodeEvent): ShowCodeState {
  switch (event.kind) {
    case 'open':
      return state.status === 'none' || state.status === 'over' || state.status === 'paid'
        ? { status: 'choosing', choice: event.choice }
        : state;
    case 'choose':
      return state.status === 'choosing' ? { status: 'choosing', choice: event.choice } : state;
    case 'confirm':
      return state.status === 'choosing' && state.choice.accountNumber
        ? { status: 'confirming', choice: state.choice }
        : state;
    case 'choose-again':
      return state.status === 'confirming' ? { status: 'choosing', choice: state.choice, notice: event.notice } : state;
    case 'show':
      return state.status === 'confirming' || state.status === 'none' ? { status: 'showing', code: event.code } : state;
    case 'hear':
      return hear(state, event.code);
    case 'ask':
      return (state.status === 'showing' || state.status === 'over') && state.code.id === event.id
        ? { status: 'asked', code: state.code }
        : state;
    case 'expire':
      return state.status === 'showing' ? { ...state, status: 'over' } : state;
    case 'close':
      // The passkey's dialogue belongs to the system; until it answers the screen stays.
      return state.status === 'confirming' ? state : { status: 'none' };
  }
}

function hear(state: ShowCodeState, code: KeptPayCode): ShowCodeState {
  if (state.status !== 'showing' && state.status !== 'over' && state.status !== 'asked') return state;
  if (state.code.id !== code.id) return state;
  const kept = code.state;
  if (kept.status === 'paid') return { status: 'paid', code };
  // The sheet with the shop's order is what counts now; how the code itself ends is told elsewhere.
  if (state.status === 'asked') return state;
  const refusal = 'refusal' in kept ? kept.refusal?.code : undefined;
  const status = kept.status === 'ended' ? 'over' : state.status;
  return { status, code, ...(refusal && { refusal }) };
}
