import { formatAmount } from '../../shared/protocol/amount.ts';
import { isOpen, type Sale } from '../sale/sale.ts';
import { say } from '../say.ts';

/** The window's title: says how the sale in hand stands, for who has the till in a tab behind others. */
export function describePage(front: Sale | undefined): string {
  if (!front) return say('app.name');
  const amount = formatAmount(front.amountMinor, front.currency, document.documentElement.lang);
  const words = isOpen(front)
    ? 'app.title-open'
    : front.state.status === 'paid' || front.state.status === 'accepted'
      ? 'app.title-paid'
      : 'app.title-not-paid';
  return `${say(words, { amount })} · ${say('app.name')}`;
}
