import { isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { Card } from '../cards/card.ts';
import type { KeptChain } from './kept-chain.ts';

export interface RenewalFacts {
  readonly card: Pick<Card, 'accountNumber' | 'grant'>;
  readonly chains: readonly KeptChain[];
  /** The person wants money set aside on this card, and the programme lets them. */
  readonly isWanted: boolean;
  readonly nowMs: number;
}

/** What to say to the centre about a card's allowance; `keep`: nothing. */
export type RenewalStep =
  | { readonly kind: 'keep' }
  | { readonly kind: 'call'; readonly close: KeptChain | undefined; readonly isWanted: boolean };

/**
 * An allowance is renewed whenever the centre can be reached and it is not as good as new: something was taken from it, burnt places
 * among it, or less than half of its life is left. Last words that were never answered come first.
 */
export function planRenewal({ card, chains, isWanted, nowMs }: RenewalFacts): RenewalStep {
  const own = chains.filter(
    ({ accountNumber, state }) => accountNumber === card.accountNumber && state.status !== 'closed',
  );
  const over = own.find((chain) => chain.state.status === 'closing' || !isAsNew(chain, card, nowMs) || !isWanted);
  if (over) return { kind: 'call', close: over, isWanted: isWanted && own.length === 1 };
  return own.length === 0 && isWanted ? { kind: 'call', close: undefined, isWanted } : { kind: 'keep' };
}

function isAsNew({ allowance, head, startedAtMs }: KeptChain, { grant }: RenewalFacts['card'], nowMs: number): boolean {
  const halfMs = (allowance.expiresAtMs - startedAtMs) / 2;
  const isOfCard = grant !== undefined && isEqualBytes(grant.allowance.serial, allowance.serial);
  return isOfCard && head.counter === 0 && allowance.expiresAtMs - nowMs >= halfMs;
}
