import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { say } from '../say.ts';
import { describeChargeRefusal } from './describe-charge.ts';
import { isConsent, isOpen, type SaleState } from './sale.ts';

export interface OutcomeWords {
  readonly headline?: string;
  readonly reason?: string;
  readonly next?: string;
  readonly code?: string;
}

/** Troubles that say nothing of the consent. */
const NO_ANSWER: readonly RefusalCode[] = ['no_network', 'unavailable', 'internal', 'rate_limited'];

/** What stands under the outcome's own word. @param trouble why nothing new is learnt, or why the till may not take a consent alone */
export function describeOutcome(state: SaleState, isOnline: boolean, trouble?: RefusalCode): OutcomeWords {
  switch (state.status) {
    case 'paid':
      return {};
    case 'accepted':
      return { reason: say('outcome.guaranteed-note'), next: say('outcome.guaranteed-next') };
    case 'not-settled': {
      const reason = say('outcome.not-settled-note', { reason: messageFor(state.code, 'cashier').text });
      const next = say('outcome.not-settled-next');
      return { headline: say('outcome.not-settled'), reason, next, code: state.code };
    }
    case 'charging': {
      if (!isConsent(state.charge)) {
        if (isOnline) break;
        return { reason: say('outcome.charging-no-network'), next: say('outcome.charging-no-network-next') };
      }
      // The centre says it when it can be asked; why the till itself may not take it is known now.
      if (!trouble || NO_ANSWER.includes(trouble)) break;
      const { text, next } = messageFor(trouble, 'cashier');
      return { reason: say('outcome.not-alone', { reason: text }), next, code: trouble };
    }
    case 'charge-refused': {
      const { text, next } = describeChargeRefusal(state.code);
      return { reason: `${text} ${say('outcome.no-money')}`, next, code: state.code };
    }
    case 'not-paid': {
      const { text, next } = messageFor(state.code, 'cashier');
      return { reason: `${text} ${say('outcome.no-money')}`, next, code: state.code };
    }
    default:
  }
  if (isOpen({ state }) && !isOnline) return { reason: say('outcome.no-network-note') };
  return { reason: say('outcome.unknown-note') };
}
