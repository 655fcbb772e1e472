import type { Currency } from '../../shared/protocol/currency.ts';

/**
 * What the cashier has keyed so far. Digits fill up from the right as on any till (1 2 5 0 is 12.50). A point key, which only
 * a keyboard has, says that what stands before it are whole units: then `12.5` is 12.50, never 1.25.
 */
export interface AmountEntry {
  /** Digits before the point, or all of them while no point was keyed; without leading zeros. */
  readonly digits: string;
  /** Digits after a keyed point; undefined while none was keyed. */
  readonly decimals?: string;
}

export type AmountKey = { readonly kind: 'digits'; readonly digits: string } | { readonly kind: PlainKey };
type PlainKey = 'point' | 'backspace' | 'clear';

/** A key that could not be taken is never dropped in silence: the pad says why. */
export interface KeyedAmount {
  readonly entry: AmountEntry;
  readonly problem?: 'too-large' | 'too-precise';
}

export const EMPTY_ENTRY: AmountEntry = { digits: '' };

/** @param amountMinorMax the programme's largest payment */
export function decideKey(entry: AmountEntry, key: AmountKey, currency: Currency, amountMinorMax: number): KeyedAmount {
  switch (key.kind) {
    case 'digits':
      return addDigits(entry, key.digits, currency, amountMinorMax);
    case 'point':
      return decidePoint(entry, currency, amountMinorMax);
    case 'backspace':
      return { entry: removeLast(entry) };
    case 'clear':
      return { entry: EMPTY_ENTRY };
  }
}

/** The keyed amount in minor units; zero while nothing is keyed. */
export function amountMinorOf({ digits, decimals }: AmountEntry, currency: Currency): number {
  return decimals === undefined ? Number(digits) : Number(digits + decimals.padEnd(currency.exponent, '0'));
}

function addDigits(entry: AmountEntry, keyed: string, currency: Currency, amountMinorMax: number): KeyedAmount {
  const { digits, decimals } = entry;
  if (decimals !== undefined && decimals.length + keyed.length > currency.exponent) {
    return { entry, problem: 'too-precise' };
  }
  const next =
    decimals === undefined ? { digits: (digits + keyed).replace(/^0+/, '') } : { digits, decimals: decimals + keyed };
  return amountMinorOf(next, currency) > amountMinorMax ? { entry, problem: 'too-large' } : { entry: next };
}

function decidePoint(entry: AmountEntry, currency: Currency, amountMinorMax: number): KeyedAmount {
  if (entry.decimals !== undefined) return { entry };
  if (currency.exponent === 0) return { entry, problem: 'too-precise' };
  const next = { digits: entry.digits, decimals: '' };
  return amountMinorOf(next, currency) > amountMinorMax ? { entry, problem: 'too-large' } : { entry: next };
}

function removeLast({ digits, decimals }: AmountEntry): AmountEntry {
  if (decimals === undefined) return { digits: digits.slice(0, -1) };
  return decimals === '' ? { digits } : { digits, decimals: decimals.slice(0, -1) };
}
