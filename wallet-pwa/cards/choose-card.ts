import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import { type Card, totalMinor } from './card.ts';

/**
 * The card a payment starts with: the one used last, unless another can pay and it cannot; else the first that can pay, else
 * the first at all. Undefined only in an empty wallet. The person may always choose another.
 */
export function chooseCard(
  cards: readonly Card[],
  lastUsed: AccountNumber | undefined,
  amountMinor = 0,
): AccountNumber | undefined {
  const last = cards.find(({ accountNumber }) => accountNumber === lastUsed);
  if (last && canPay(last, amountMinor)) return last.accountNumber;
  const able = cards.find((card) => canPay(card, amountMinor));
  return (able ?? last ?? cards[0])?.accountNumber;
}

/** The card that lies on top: the one chosen last, whether it can pay or not. */
export function topCard(cards: readonly Card[], lastUsed: AccountNumber | undefined): AccountNumber | undefined {
  return (cards.find(({ accountNumber }) => accountNumber === lastUsed) ?? cards[0])?.accountNumber;
}

/** As far as this phone knows; the centre decides. */
export function canPay(card: Card, amountMinor: number): boolean {
  return card.status === 'open' && totalMinor(card) >= amountMinor;
}
