import type { Currency } from '../../shared/protocol/currency.ts';
import type { Terminal } from './terminal.ts';

/** What a till sells in, as its certificate says. */
export function currencyOf({ certificate }: Pick<Terminal, 'certificate'>): Currency {
  const { currency: code, exponent } = certificate.content;
  return { code, exponent };
}
