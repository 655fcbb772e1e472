import { describe, expect, it } from 'vitest';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { cardMoney } from '../../../wallet-pwa/cards/card-money.ts';

const plain: Card = {
  accountNumber: 'lunch' as AccountNumber,
  accountToken: new Uint8Array(16),
  label: 'Lunch',
  status: 'open',
  availableMinor: 2_125,
  currency: { code: 'EUR' as CurrencyCode, exponent: 2 },
  certificate: new Uint8Array(),
  certificateExpiresAtMs: 0,
  position: 0,
};
const card: Card = {
  ...plain,
  setAside: { leftMinor: 1_925, spendableMinor: 1_925, paymentMaxMinor: 1_925, untilMs: 0 },
};

describe('what a card has for a payment', () => {
  const pay = { amountMinor: 500, isUpTo: false };

  it('is all of it with a network', () => {
    const text = '€40.50 now, €35.50 after';
    expect(cardMoney(card, { ...pay, isOnline: true })).toEqual({ text, isTooLittle: false });
  });

  it('is what is set aside without a network', () => {
    const text = '€19.25 without network, €14.25 after';
    expect(cardMoney(card, { ...pay, isOnline: false })).toEqual({ text, isTooLittle: false });
  });

  it('is for a shop with a network where it is more than can be spent without', () => {
    const text = 'Only €19.25 without network. The shop needs one';
    expect(cardMoney(card, { amountMinor: 2_000, isUpTo: false, isOnline: false }).text).toBe(text);
  });

  it('is all of it without a network, too, where nothing is set aside: such a payment is for the shop’s network', () => {
    expect(cardMoney(plain, { ...pay, isOnline: false }).text).toBe('€21.25 now, €16.25 after');
  });

  it('of a code is what is free, and what is set aside beside it', () => {
    const upTo = { amountMinor: 2_125, isUpTo: true, isOnline: false };
    expect(cardMoney(card, upTo).text).toBe('€21.25 for codes, €19.25 set aside');
    expect(cardMoney(plain, upTo).text).toBe('€21.25 on this card');
  });

  it('is too little on a card that has less, and on one that is stopped', () => {
    expect(cardMoney(card, { amountMinor: 4_051, isUpTo: false, isOnline: true }).isTooLittle).toBe(true);
    expect(cardMoney({ ...card, status: 'frozen' }, { ...pay, isOnline: true }).isTooLittle).toBe(true);
  });
});
