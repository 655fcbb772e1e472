import { encodeHex } from '../../shared/protocol/bytes.ts';
import { describeChain, type KeptChain } from '../offline/kept-chain.ts';
import type { Card } from './card.ts';

/**
 * The cards as the centre last said, with what this phone has spent since of what is set aside on them. More than one chain of a card
 * stands open only until the next sync; the one of its certificate is spent from.
 */
export function joinSetAside(cards: readonly Card[], chains: readonly KeptChain[], nowMs: number): readonly Card[] {
  return cards.map((card) => {
    const chain = chains.find(({ id }) => id === serialOf(card));
    const setAside = chain && describeChain(chain, nowMs);
    return setAside ? { ...card, setAside } : card;
  });
}

function serialOf({ grant }: Card): string | undefined {
  return grant && encodeHex(grant.allowance.serial);
}
