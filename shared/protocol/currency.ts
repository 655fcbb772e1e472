import * as v from 'valibot';

/**
 * Minor-unit digits by ISO 4217 (not from Intl, whose digits follow usage and differ for some currencies).
 * Listed are the exceptions; every other ISO code has two.
 */
const ISO_4217_EXPONENT: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

export const CurrencyCode = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/), v.brand('CurrencyCode'));
export type CurrencyCode = v.InferOutput<typeof CurrencyCode>;

/** A programme's money: an ISO 4217 code, or a code of its own (community currencies) with the digits it wants. */
export interface Currency {
  readonly code: CurrencyCode;
  /** Digits after the point, 0 to 4. */
  readonly exponent: number;
}

export function isoExponent(code: string): number {
  return ISO_4217_EXPONENT[code] ?? 2;
}
