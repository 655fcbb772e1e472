import { type Bytes, encodeHex, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { Allowance } from '../../shared/protocol/offline/allowance.ts';
import { type ChainHead, type ChainPlace, roomMinor, startOfChain } from '../../shared/protocol/offline/chain.ts';
import type { Card } from '../cards/card.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';

/**
 * - `open`: its places may be taken
 * - `closing`: the last word is signed, and stays the same bytes however often it is handed in; no place is taken any more
 * - `closed`: the centre has taken the last word, or wants none
 */
export type ChainState =
  | { readonly status: 'open' }
  | { readonly status: 'closing'; readonly closing: Bytes }
  | { readonly status: 'closed' };

/**
 * An allowance and how far this phone has spent it. One row for each, for ever: whatever the centre may say of an old certificate
 * later, its chain never begins anew.
 */
export interface KeptChain {
  /** Serial of the wallet certificate that grants the allowance, in hex. */
  readonly id: string;
  readonly accountNumber: AccountNumber;
  readonly allowance: Allowance;
  readonly startedAtMs: number;
  /** After the last place taken. What was burnt is in `counter` and `head`, and not in `cumulativeMinor`. */
  readonly head: ChainHead;
  /** Hashes of the consents that the passkey has signed, in the order of their counters. */
  readonly given: readonly Bytes[];
  readonly state: ChainState;
}

/** The chain that begins with a card's certificate; undefined where that grants nothing. */
export function createChain({ accountNumber, grant }: Pick<Card, 'accountNumber' | 'grant'>): KeptChain | undefined {
  if (!grant) return undefined;
  const { allowance, certificateHash, issuedAtMs } = grant;
  return {
    id: encodeHex(allowance.serial),
    accountNumber,
    allowance,
    startedAtMs: issuedAtMs,
    head: startOfChain(certificateHash),
    given: [],
    state: { status: 'open' },
  };
}

/** The consent stands in the chain, signed or not yet; undefined where its place is not the very next one. */
export function takePlace(
  chain: KeptChain,
  place: ChainPlace,
  hash: Bytes,
  amountMinor: number,
): KeptChain | undefined {
  const { head, state } = chain;
  const isNext =
    state.status === 'open' &&
    place.counter === head.counter + 1 &&
    isEqualBytes(place.previous, head.head) &&
    place.cumulativeMinor === head.cumulativeMinor + amountMinor;
  return isNext ? { ...chain, head: { ...head, counter: place.counter, head: hash } } : undefined;
}

/** The passkey has signed the consent in the last place: only from now on it counts. Throws for any other. */
export function giveConsent(chain: KeptChain, { place, authorisationHash }: PaymentIntent): KeptChain {
  const isLast = place !== undefined && isEqualBytes(authorisationHash, chain.head.head);
  if (!isLast || chain.state.status !== 'open') throw new Error('Only the last place of an open chain is given.');
  const { head } = chain;
  return {
    ...chain,
    head: { ...head, cumulativeMinor: place.cumulativeMinor },
    given: [...chain.given, authorisationHash],
  };
}

/** The place of a consent is in this chain, given or burnt. */
export function isOfChain(chain: Pick<KeptChain, 'allowance'>, { place }: Pick<PaymentIntent, 'place'>): boolean {
  return place !== undefined && isEqualBytes(place.allowance, chain.allowance.serial);
}

/** What is set aside on this phone for paying without a network. */
export interface SetAside {
  /** Not given yet, minor units: it is still the customer's, whether it can be spent now or not. */
  readonly leftMinor: number;
  /** The most that can be spent without a network: in all, and at once. 0 when nothing more fits. */
  readonly spendableMinor: number;
  readonly paymentMaxMinor: number;
  readonly untilMs: number;
}

/** @returns undefined where nothing is set aside in this chain any more, by the centre's word */
export function describeChain({ allowance, head, state }: KeptChain, nowMs: number): SetAside | undefined {
  if (state.status === 'closed') return undefined;
  const leftMinor = Math.max(0, allowance.limitMinor - head.cumulativeMinor);
  const paymentMaxMinor = state.status === 'open' ? roomMinor(allowance, head, nowMs) : 0;
  return {
    leftMinor,
    spendableMinor: paymentMaxMinor === 0 ? 0 : leftMinor,
    paymentMaxMinor,
    untilMs: allowance.expiresAtMs,
  };
}
