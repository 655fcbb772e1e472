import { describe, expect, it } from 'vitest';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { canPay, chooseCard, topCard } from '../../../wallet-pwa/cards/choose-card.ts';

function card(accountNumber: string, availableMinor: number, status: Card['status'] = 'open'): Card {
  return {
    accountNumber: accountNumber as AccountNumber,
    accountToken: new Uint8Array(16),
    label: accountNumber,
    status,
    availableMinor,
    currency: { code: 'EUR' as CurrencyCode, exponent: 2 },
    certificate: new Uint8Array(),
    certificateExpiresAtMs: 0,
    position: 0,
  };
}

const lunch = card('lunch', 300);
const gift = card('gift', 5_000);
const stopped = card('stopped', 9_000, 'frozen');

describe('the card a payment starts with', () => {
  it('is the one used last', () => {
    expect(chooseCard([lunch, gift], gift.accountNumber, 100)).toBe('gift');
  });

  it('is another when the last one has too little or is stopped', () => {
    expect(chooseCard([lunch, gift], lunch.accountNumber, 1_250)).toBe('gift');
    expect(chooseCard([lunch, stopped, gift], stopped.accountNumber, 1_250)).toBe('gift');
  });

  it('stays the one used last when none can pay: the sheet says so, the centre decides', () => {
    expect(chooseCard([lunch, gift], gift.accountNumber, 99_999)).toBe('gift');
  });

  it('is the first when none was used, and none in an empty wallet', () => {
    expect(chooseCard([lunch, gift], undefined, 100)).toBe('lunch');
    expect(chooseCard([], undefined, 100)).toBeUndefined();
  });

  it('on top is the one chosen last, though it cannot pay', () => {
    expect(topCard([lunch, stopped], stopped.accountNumber)).toBe('stopped');
    expect(topCard([lunch, stopped], undefined)).toBe('lunch');
  });

  it('can pay up to its last cent', () => {
    expect([canPay(lunch, 300), canPay(lunch, 301), canPay(stopped, 1)]).toEqual([true, false, false]);
  });
});
