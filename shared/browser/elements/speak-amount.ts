import { formatAmountPlain } from '../../protocol/amount.ts';
import type { Currency } from '../../protocol/currency.ts';

/** "12.50 euros" rather than "€12.50", which screen readers read as they please. */
export function speakAmount(amountMinor: number, currency: Currency, locale = 'en'): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.code,
    currencyDisplay: 'name',
    minimumFractionDigits: currency.exponent,
    maximumFractionDigits: currency.exponent,
  }).format(formatAmountPlain(amountMinor, currency) as Intl.StringNumericLiteral);
}
