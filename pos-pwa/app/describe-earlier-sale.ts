import { formatAmount } from '../../shared/protocol/amount.ts';
import { formatTime } from '../parts/format-time.ts';
import { type Sale, timeOf } from '../sale/sale.ts';
import { say } from '../say.ts';

/** How a sale ended that is no longer in front of the cashier: the toast's words. */
export function describeEarlierSale(sale: Sale): string {
  const facts = {
    amount: formatAmount(sale.amountMinor, sale.currency, document.documentElement.lang),
    time: formatTime(timeOf(sale)),
  };
  switch (sale.state.status) {
    case 'paid':
      return say('outcome.earlier-paid', facts);
    case 'accepted':
      return say('outcome.earlier-guaranteed', facts);
    case 'not-settled':
      return say('outcome.earlier-not-settled', facts);
    default:
      return say('outcome.earlier-not-paid', facts);
  }
}
