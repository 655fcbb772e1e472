import { describe, expect, it } from 'vitest';
import { Store } from '../../../shared/browser/state/store.ts';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { CardStack } from '../../../wallet-pwa/app/card-stack.ts';
import type { Card, Release } from '../../../wallet-pwa/cards/card.ts';
import { describeHeld, freedMinor } from '../../../wallet-pwa/cards/held.ts';
import type { HistoryEntry } from '../../../wallet-pwa/history/history-entry.ts';
import type { KeptChain } from '../../../wallet-pwa/offline/kept-chain.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const lunch = 'lunch' as AccountNumber;

function card(availableMinor: number, ...releases: Release[]): Card {
  return {
    accountNumber: lunch,
    accountToken: new Uint8Array(16),
    label: 'Lunch',
    status: 'open',
    availableMinor,
    currency: { code: 'EUR' as CurrencyCode, exponent: 2 },
    certificate: new Uint8Array(),
    certificateExpiresAtMs: 0,
    position: 0,
    releases,
  };
}

const paid: HistoryEntry = {
  id: 'paid',
  kind: 'payment',
  status: 'checking',
  offline: 'given',
  accountNumber: lunch,
  amountMinor: -300,
  atMs: NOW_MS,
};
const ended = { amountMinor: 700, atMs: NOW_MS + 10 };
const elsewhere = { amountMinor: 2_500, atMs: NOW_MS + 20, isElsewhere: true };

describe('what is set aside and cannot be paid from here', () => {
  it('is said of another phone apart, with all its money: what was paid here is not out of it', () => {
    expect(describeHeld(card(5_000, ended, elsewhere), [paid], NOW_MS)).toEqual({
      elsewhere: { amountMinor: 2_500, atMs: NOW_MS + 20 },
      ended: { amountMinor: 400, atMs: NOW_MS + 10 },
    });
  });

  it('is one sum with its last moment, and nothing where all was paid or its time has come', () => {
    const two = card(0, ended, { ...ended, atMs: NOW_MS + 30 });
    expect(describeHeld(two, [], NOW_MS).ended).toEqual({ amountMinor: 1_400, atMs: NOW_MS + 30 });
    const spent = [{ ...paid, amountMinor: -700 }];
    expect(describeHeld(card(0, ended), spent, NOW_MS)).toEqual({ elsewhere: undefined, ended: undefined });
    expect(describeHeld(card(0, elsewhere), [], NOW_MS + 21).elsewhere).toBeUndefined();
  });
});

describe('what came back by itself', () => {
  it('is what was due, is held no longer, and is on the card', () => {
    const before = card(1_000, ended, elsewhere);
    expect(freedMinor(before, card(1_700, elsewhere), NOW_MS + 10)).toBe(700);
    expect(freedMinor(before, card(4_200), NOW_MS + 20)).toBe(3_200);
  });

  it('is nothing before its time, while it is held, or where it was paid in the meantime', () => {
    const before = card(1_000, ended);
    expect(freedMinor(before, card(1_700), NOW_MS)).toBe(0);
    expect(freedMinor(before, card(1_000, ended), NOW_MS + 10)).toBe(0);
    expect(freedMinor(before, card(1_699), NOW_MS + 10)).toBe(0);
  });

  it('is told once, of the card it came back to', () => {
    let nowMs = NOW_MS;
    const stack = new CardStack(new Store<readonly KeptChain[]>([]), () => nowMs);
    const told: unknown[] = [];
    stack.freed.subscribe((freed) => told.push(freed));
    stack.known.set([card(1_000, elsewhere)]);
    nowMs += 20;
    stack.known.set([card(3_500)]);
    stack.known.set([card(3_500)]);
    expect(told).toEqual([{ amountMinor: 2_500, currency: { code: 'EUR', exponent: 2 } }]);
  });
});
