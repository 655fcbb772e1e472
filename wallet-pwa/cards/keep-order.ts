import type { Card } from './card.ts';

/**
 * The centre's newest list in the order this person knows: cards keep their place and colour, new ones join at the end, whatever
 * order the answer has them in.
 */
export function keepOrder(known: readonly Card[], fresh: readonly Card[]): readonly Card[] {
  const places = new Map(known.map(({ accountNumber }, place) => [accountNumber, place]));
  const placeOf = ({ accountNumber }: Card) => places.get(accountNumber) ?? known.length;
  return fresh
    .toSorted((left, right) => placeOf(left) - placeOf(right))
    .map((card, position) => (card.position === position ? card : { ...card, position }));
}
