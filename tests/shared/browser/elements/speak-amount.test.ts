import { describe, expect, it } from 'vitest';
import { speakAmount } from '../../../../shared/browser/elements/speak-amount.ts';
import type { Currency } from '../../../../shared/protocol/currency.ts';

const currency = (code: string, exponent: number) => ({ code, exponent }) as Currency;

describe('speakAmount', () => {
  it.each([
    [1250, currency('EUR', 2), '12.50 euros'],
    [100, currency('EUR', 2), '1.00 euros'],
    [5, currency('EUR', 2), '0.05 euros'],
    [1200, currency('JPY', 0), '1,200 Japanese yen'],
    [1234, currency('BHD', 3), '1.234 Bahraini dinars'],
    [9_007_199_254_740_991, currency('EUR', 2), '90,071,992,547,409.91 euros'],
    [1250, currency('TDM', 2), '12.50 TDM'],
  ])('reads %i of %o as an amount', (amountMinor, money, words) => {
    expect(speakAmount(amountMinor, money)).toBe(words);
  });
});
