import { formatAmount, formatAmountPlain } from '../../../shared/protocol/amount.ts';
import type { Currency } from '../../../shared/protocol/currency.ts';

/** A minus of the figures' own width, so that columns stay aligned. */
function withFigureMinus(text: string): string {
  return text.replace('-', '\u2212');
}

/** Money in a sentence: with its currency. */
export function formatMoney(amountMinor: number, currency: Currency): string {
  return withFigureMinus(formatAmount(amountMinor, currency));
}

/** Money in a column whose head names the currency: grouped digits alone. */
export function formatFigure(amountMinor: number, currency: Currency): string {
  const [whole = '', decimals] = formatAmountPlain(amountMinor, currency).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return withFigureMinus(decimals === undefined ? grouped : `${grouped}.${decimals}`);
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

/** `1 terminal`, `2 terminals`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Four by four, as on a card. */
export function formatAccountNumber(accountNumber: string): string {
  return accountNumber.replace(/(.{4})(?=.)/g, '$1\u202f');
}
