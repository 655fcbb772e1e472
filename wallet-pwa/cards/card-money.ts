import { formatAmount } from '../../shared/protocol/amount.ts';
import { say } from '../texts.ts';
import { type Card, totalMinor } from './card.ts';
import { canPay } from './choose-card.ts';

export interface Spending {
  readonly amountMinor: number;
  /** The amount is the most, not what will be paid: money after it is not told. */
  readonly isUpTo: boolean;
  readonly isOnline: boolean;
}

export interface CardMoney {
  readonly text: string;
  readonly isTooLittle: boolean;
}

/**
 * What a card has for this, and has after it. Said before it is tried; the centre decides, as money may have come in a moment ago.
 * A code is charged to what is free; a consent without a network is given out of what is set aside, and else only for a shop that
 * has a network itself.
 */
export function cardMoney(card: Card, { amountMinor, isUpTo, isOnline }: Spending): CardMoney {
  const show = (minor: number) => formatAmount(minor, card.currency);
  const total = totalMinor(card);
  const { setAside } = card;
  if (card.status !== 'open') return { text: say('pay.stopped'), isTooLittle: true };
  if (!canPay(card, amountMinor)) return { text: say('pay.too-little', { balance: show(total) }), isTooLittle: true };
  if (isUpTo) {
    const aside = setAside?.leftMinor ?? 0;
    const text =
      aside > 0
        ? say('pay.on-card-free', { balance: show(card.availableMinor), aside: show(aside) })
        : say('pay.on-card', { balance: show(total) });
    return { text, isTooLittle: false };
  }
  if (isOnline || !setAside) {
    return { text: say('pay.after', { balance: show(total), rest: show(total - amountMinor) }), isTooLittle: false };
  }
  if (amountMinor > setAside.paymentMaxMinor) {
    return { text: say('pay.beyond-offline', { balance: show(setAside.paymentMaxMinor) }), isTooLittle: false };
  }
  const { spendableMinor } = setAside;
  const rest = show(spendableMinor - amountMinor);
  return { text: say('pay.after-offline', { balance: show(spendableMinor), rest }), isTooLittle: false };
}
