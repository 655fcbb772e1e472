import * as v from 'valibot';
import { BOUNDS } from './bounds.ts';
import type { Currency } from './currency.ts';

/** The one gate for money: an integer of the currency's minor unit, 1 to the bound. Never a float, a string or a BigInt. */
export const AmountMinor = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(1),
  v.maxValue(BOUNDS.amountMinorMax),
  v.brand('AmountMinor'),
);
export type AmountMinor = v.InferOutput<typeof AmountMinor>;

/** A balance or a sum: may be zero, and large. */
export const BalanceMinor = v.pipe(v.number(), v.safeInteger());

/**
 * Reads what a person typed: digits with at most one `.` or `,` and no more decimals than the currency has.
 * @returns undefined for anything else, for zero, and past the bound; nothing is ever rounded
 */
export function parseAmountText(text: string, currency: Currency): AmountMinor | undefined {
  if (text.length > 16) return undefined;
  const match = /^([0-9]{1,12})(?:[.,]([0-9]{1,4}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, whole, decimals = ''] = match;
  if (decimals.length > currency.exponent) return undefined;
  const amountMinor = Number(whole + decimals.padEnd(currency.exponent, '0'));
  const parsed = v.safeParse(AmountMinor, amountMinor);
  return parsed.success ? parsed.output : undefined;
}

/** `1234` with exponent 2 as `12.34`: plain digits, for files and links. */
export function formatAmountPlain(amountMinor: number, currency: Currency): string {
  const sign = amountMinor < 0 ? '-' : '';
  const digits = String(Math.abs(amountMinor)).padStart(currency.exponent + 1, '0');
  if (currency.exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -currency.exponent)}.${digits.slice(-currency.exponent)}`;
}

/** For people: grouped and placed as the locale has it, digits from the integer itself, so nothing is rounded. */
export function formatAmount(amountMinor: number, currency: Currency, locale = 'en'): string {
  return currencyFormat(currency, locale).format(formatAmountPlain(amountMinor, currency) as Intl.StringNumericLiteral);
}

const formats = new Map<string, Intl.NumberFormat>();

function currencyFormat(currency: Currency, locale: string): Intl.NumberFormat {
  const key = `${locale}/${currency.code}/${currency.exponent}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: currency.code,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: currency.exponent,
      maximumFractionDigits: currency.exponent,
    });
    formats.set(key, format);
  }
  return format;
}
