import { describe, expect, it } from 'vitest';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import { keepOrder } from '../../../wallet-pwa/cards/keep-order.ts';

const card = (name: string, position: number) => ({ accountNumber: name, position }) as unknown as Card;
const names = (cards: readonly Card[]) => cards.map(({ accountNumber, position }) => [accountNumber, position]);

describe('the order of cards', () => {
  it('is the centre’s in a new wallet', () => {
    expect(names(keepOrder([], [card('a', 0), card('b', 1)]))).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('keeps what is known in its place, and puts a claimed card last though it is older', () => {
    expect(
      names(keepOrder([card('mine', 0), card('lunch', 1)], [card('gift', 0), card('mine', 1), card('lunch', 2)])),
    ).toEqual([
      ['mine', 0],
      ['lunch', 1],
      ['gift', 2],
    ]);
  });

  it('closes the gap of a card that left', () => {
    expect(names(keepOrder([card('a', 0), card('b', 1), card('c', 2)], [card('a', 0), card('c', 1)]))).toEqual([
      ['a', 0],
      ['c', 1],
    ]);
  });
});
