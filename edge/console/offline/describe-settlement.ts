import type { SettledFrom } from '../../ledger/offline/links.ts';

/** Who paid the shop, after "from". */
export const SETTLED_WORDS: Readonly<Record<SettledFrom, string>> = {
  reserve: 'what was set aside',
  available: 'the rest of the card',
  guarantee: 'the programme’s guarantee',
};

/** The same by itself. */
export function nameSource(settledFrom: SettledFrom): string {
  const words = SETTLED_WORDS[settledFrom];
  return words.charAt(0).toUpperCase() + words.slice(1);
}
