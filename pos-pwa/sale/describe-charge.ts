import { messageFor } from '../../shared/browser/i18n/message-for.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { say } from '../say.ts';
import { describeWaiting, type WaitingWords } from './describe-waiting.ts';
import { isAboutTheScan } from './judge-charge-refusal.ts';
import type { SaleState } from './sale.ts';

/** What stands on the screen while a scanned customer is charged. @param amount as it is written on the screen */
export function describeCharge(
  state: SaleState,
  amount: string,
  isOnline: boolean,
  trouble?: RefusalCode,
): WaitingWords {
  if (!isOnline || trouble) return describeWaiting(state, isOnline, trouble);
  if (state.status !== 'asked') return { tone: 'plain', title: say('charge.working') };
  const title = say('charge.asked', { amount });
  if (state.lastRefusal === undefined || isAboutTheScan(state.lastRefusal)) {
    return { tone: 'plain', title, note: say('charge.asked-note') };
  }
  const { text } = messageFor(state.lastRefusal, 'cashier');
  return { tone: 'refused', title: say('code.refused'), note: `${text} ${say('charge.asked-refused-next')}` };
}

/** Why a scanned customer did not pay, and what to do. */
export function describeChargeRefusal(code: RefusalCode): { text: string; next: string } {
  // To the centre it looks like a wrong clock; at the counter it was most likely the network that took the time.
  if (code === 'clock_off') return { text: say('charge.too-late'), next: say('charge.too-late-next') };
  // The till's own certificate is asked about apart from the scan; here it is the customer's.
  return messageFor(code === 'certificate_invalid' ? 'programme_mismatch' : code, 'cashier');
}
