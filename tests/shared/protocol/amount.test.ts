import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { AmountMinor, formatAmount, formatAmountPlain, parseAmountText } from '../../../shared/protocol/amount.ts';
import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import { type Currency, type CurrencyCode, isoExponent } from '../../../shared/protocol/currency.ts';

function currency(code: string, exponent = isoExponent(code)): Currency {
  return { code: code as CurrencyCode, exponent };
}

const anyCurrency = fc.integer({ min: 0, max: 4 }).map((exponent) => currency('XTS', exponent));

describe('amounts', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, BOUNDS.amountMinorMax + 1, '12', 12n, null])(
    'refuses %s',
    (value) => {
      expect(v.safeParse(AmountMinor, value).success).toBe(false);
    },
  );

  it.each([
    ['12.34', 1234],
    ['12,34', 1234],
    ['12.3', 1230],
    ['12', 1200],
    ['0.01', 1],
    ['007', 700],
  ])('reads %s as %i cents', (text, amountMinor) => {
    expect(parseAmountText(text, currency('EUR'))).toBe(amountMinor);
  });

  it.each([
    '',
    '0',
    '0.00',
    '-1',
    '+1',
    '1.234',
    '1e2',
    '0x10',
    '１２',
    '1.2.3',
    '1 000',
    '99999999999999',
    '1.',
    '.5',
  ])('refuses the text %j rather than round or guess', (text) => {
    expect(parseAmountText(text, currency('EUR'))).toBeUndefined();
  });

  it('takes the digits of a currency from ISO 4217', () => {
    expect([isoExponent('EUR'), isoExponent('JPY'), isoExponent('KWD'), isoExponent('ISK')]).toEqual([2, 0, 3, 0]);
    expect(formatAmount(1234, currency('JPY'))).toBe('¥1,234');
    expect(formatAmount(1234, currency('EUR'))).toBe('€12.34');
    expect(formatAmount(1234, currency('EUR'), 'de')).toBe('12,34\u00a0€');
  });

  it('never loses a unit between number and text, in any currency', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: BOUNDS.amountMinorMax }), anyCurrency, (amountMinor, money) => {
        expect(parseAmountText(formatAmountPlain(amountMinor, money), money)).toBe(amountMinor);
        const shown = formatAmount(amountMinor, money).replaceAll(/\D/g, '');
        expect(Number(shown)).toBe(amountMinor);
      }),
    );
  });

  it('shows large sums exactly', () => {
    expect(formatAmount(Number.MAX_SAFE_INTEGER, currency('EUR'))).toBe('€90,071,992,547,409.91');
  });
});
