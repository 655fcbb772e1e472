import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AmountEntry,
  type AmountKey,
  amountMinorOf,
  decideKey,
  EMPTY_ENTRY,
} from '../../../pos-pwa/pad/amount-entry.ts';
import { keyOf } from '../../../pos-pwa/pad/key-of.ts';
import type { Currency, CurrencyCode } from '../../../shared/protocol/currency.ts';

const EUR: Currency = { code: 'EUR' as CurrencyCode, exponent: 2 };
const JPY: Currency = { code: 'JPY' as CurrencyCode, exponent: 0 };
const KWD: Currency = { code: 'KWD' as CurrencyCode, exponent: 3 };
const MAX = 1_000_000;

/** Keys as a person strikes them; `<` is backspace, `c` clears. */
function key(text: string, currency = EUR, max = MAX) {
  let entry: AmountEntry = EMPTY_ENTRY;
  let problem: string | undefined;
  for (const char of text.replaceAll('00', 'D')) {
    const struck: AmountKey =
      char === 'D'
        ? { kind: 'digits', digits: '00' }
        : char === '<'
          ? { kind: 'backspace' }
          : char === 'c'
            ? { kind: 'clear' }
            : char === '.'
              ? { kind: 'point' }
              : { kind: 'digits', digits: char };
    ({ entry, problem } = { problem: undefined, ...decideKey(entry, struck, currency, max) });
  }
  return { amountMinor: amountMinorOf(entry, currency), problem };
}

describe('keying an amount', () => {
  it.each([
    ['', 0],
    ['1', 1],
    ['1250', 1250],
    ['12500', 12500],
    ['001250', 1250],
    ['1200', 1200],
    ['125<', 12],
    ['1<<<', 0],
    ['125c7', 7],
    ['12.', 1200],
    ['12.5', 1250],
    ['12.50', 1250],
    ['12.05', 1205],
    ['.5', 50],
    ['12.<5', 125],
    ['12.5<<', 12],
    ['7.00', 700],
  ])('reads the keys %j as %i cents', (keys, amountMinor) => {
    expect(key(keys)).toEqual({ amountMinor, problem: undefined });
  });

  it.each([
    [JPY, '1250', 1250],
    [KWD, '1250', 1250],
    [KWD, '1.25', 1250],
    [KWD, '1.5', 1500],
  ])('respects the digits of %o', (currency, keys, amountMinor) => {
    expect(key(keys, currency)).toEqual({ amountMinor, problem: undefined });
  });

  it('says why a digit cannot be taken, and keeps what was keyed', () => {
    expect(key('10000001')).toEqual({ amountMinor: 1_000_000, problem: 'too-large' });
    expect(key('12.505')).toEqual({ amountMinor: 1250, problem: 'too-precise' });
    expect(key('100000.', EUR)).toEqual({ amountMinor: 100_000, problem: 'too-large' });
    expect(key('12.', JPY)).toEqual({ amountMinor: 12, problem: 'too-precise' });
  });

  it('never drops, doubles or reorders a digit below the bound', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('0', '1', '5', '9', '00'), { maxLength: 6 }), (keys) => {
        let entry = EMPTY_ENTRY;
        for (const digits of keys) entry = decideKey(entry, { kind: 'digits', digits }, EUR, 1e15).entry;
        expect(amountMinorOf(entry, EUR)).toBe(Number(keys.join('') || '0'));
      }),
    );
  });

  it('stays within bounds whatever is struck', () => {
    const anyKey = fc.constantFrom('0', '1', '9', '00', '.', '<', 'c');
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 40 }), fc.constantFrom(EUR, JPY, KWD), (keys, currency) => {
        const { amountMinor } = key(keys.join(''), currency);
        expect(Number.isSafeInteger(amountMinor) && amountMinor >= 0 && amountMinor <= MAX).toBe(true);
      }),
    );
  });
});

describe('keys of a keyboard', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false };

  it.each([
    ['7', { kind: 'digits', digits: '7' }],
    [',', { kind: 'point' }],
    ['.', { kind: 'point' }],
    ['Backspace', { kind: 'backspace' }],
    ['Delete', { kind: 'clear' }],
    ['Escape', { kind: 'clear' }],
    ['a', undefined],
    ['Enter', undefined],
    ['F5', undefined],
  ])('%s', (name, meaning) => {
    expect(keyOf({ key: name, ...plain })).toEqual(meaning);
  });

  it('leaves shortcuts to the browser', () => {
    expect(keyOf({ key: '5', ...plain, ctrlKey: true })).toBeUndefined();
  });
});
