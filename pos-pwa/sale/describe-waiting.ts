import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { say } from '../say.ts';
import { isAboutTheScan } from './judge-charge-refusal.ts';
import type { SaleState } from './sale.ts';

export interface WaitingWords {
  /** Which of the outcome colours the line borrows. */
  readonly tone: 'plain' | 'refused' | 'unknown';
  readonly title: string;
  readonly note?: string;
}

/** What stands beside a code while nobody has paid yet. A refused card comes first: it is about what just happened. */
export function describeWaiting(state: SaleState, isOnline: boolean, trouble?: RefusalCode): WaitingWords {
  if (!isOnline) {
    // Whether the centre has the request or not: the code stands there, and can be paid.
    return state.status === 'made' || state.status === 'waiting'
      ? { tone: 'unknown', title: say('code.no-network'), note: say('code.no-network-note') }
      : { tone: 'unknown', title: say('code.offline'), note: say('code.offline-note') };
  }
  if (trouble) {
    const note = `${messageFor(trouble, 'cashier').text} ${say('code.trouble-note')}`;
    return { tone: 'unknown', title: say('code.offline'), note };
  }
  switch (state.status) {
    case 'cancelling':
      return { tone: 'plain', title: say('code.cancelling') };
    case 'made':
      return { tone: 'plain', title: say('code.handing-in') };
    case 'waiting':
      // A scan that failed before the code was shown is over and done with.
      if (state.lastRefusal === undefined || isAboutTheScan(state.lastRefusal)) {
        return { tone: 'plain', title: say('code.waiting') };
      }
      return {
        tone: 'refused',
        title: say('code.refused'),
        note: `${messageFor(state.lastRefusal, 'cashier').text} ${say('code.refused-next')}`,
      };
    default:
      return { tone: 'plain', title: '' };
  }
}
