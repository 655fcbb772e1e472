import type { ChainPlace } from '../../shared/protocol/offline/chain.ts';
import { nextPlace } from '../../shared/protocol/offline/chain.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { Card } from '../cards/card.ts';
import type { PayOrder } from '../payment/pay-state.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import type { IntentStore } from '../storage/intent-store.ts';
import type { KeptChain } from './kept-chain.ts';

export interface PrepareParts {
  readonly intents: Pick<IntentStore, 'prepare' | 'loadChain'>;
  /** Signs with the phone's key; nothing is kept by it. */
  readonly createIntent: (order: PayOrder, card: Card, place: ChainPlace | undefined) => Promise<PaymentIntent>;
  /** Gives back what is set aside on this card. @returns the card as it is then */
  readonly freeAllowance: (card: Card) => Promise<Result<Card>>;
  readonly nowMs: () => number;
}

/**
 * Makes the consent that the passkey is going to be asked for, and keeps it: in the next place of the card's chain where there is
 * room, else for the network alone. The document names its place, so it is made before the transaction that takes the place, and
 * made again whenever another window was faster: each time a place of the chain is gone, so it comes to an end.
 * Refuses `currency_mismatch`, `storage_failed`, `allowance_exceeded` (a network is needed), and what giving back refuses.
 * @returns the consent that stands: an older one, when the person has signed for this request already
 */
export async function prepareConsent(order: PayOrder, card: Card, parts: PrepareParts): Promise<Result<PaymentIntent>> {
  if (order.request.currency !== card.currency.code) return refuse('currency_mismatch');
  const { amountMinor } = order.request;
  for (;;) {
    const chain = await parts.intents.loadChain(card).catch(() => 'failed' as const);
    if (chain === 'failed') return refuse('storage_failed');
    const place = chain && placeIn(chain, amountMinor, parts.nowMs());
    if (!place && needsFreeing(card, chain, amountMinor)) {
      const freed = await parts.freeAllowance(card);
      return freed.ok ? prepareUnchained(order, freed.value, parts) : refuseToFree(freed);
    }
    const intent = await parts.createIntent(order, card, place);
    const standing = await keep(intent, parts);
    if (!standing.ok) return standing;
    if (standing.value) return accept(standing.value);
  }
}

/** @returns undefined where the place is taken */
async function keep(
  intent: PaymentIntent,
  { intents, nowMs }: PrepareParts,
): Promise<Result<PaymentIntent | undefined>> {
  try {
    return accept(await intents.prepare(intent, nowMs()));
  } catch {
    return refuse('storage_failed');
  }
}

function placeIn(chain: KeptChain, amountMinor: number, nowMs: number): ChainPlace | undefined {
  if (chain.state.status !== 'open') return undefined;
  const place = nextPlace(chain.allowance, chain.head, amountMinor, nowMs);
  return place.ok ? place.value : undefined;
}

/** There is enough on the card, but part of it is set aside, and the payment does not fit there either. */
function needsFreeing(card: Card, chain: KeptChain | undefined, amountMinor: number): boolean {
  if (!chain || chain.state.status === 'closed' || amountMinor <= card.availableMinor) return false;
  return amountMinor <= card.availableMinor + chain.allowance.limitMinor - chain.head.cumulativeMinor;
}

async function prepareUnchained(order: PayOrder, card: Card, parts: PrepareParts): Promise<Result<PaymentIntent>> {
  const standing = await keep(await parts.createIntent(order, card, undefined), parts);
  if (!standing.ok) return standing;
  // Only a place can be taken by somebody else, and it has none.
  return standing.value ? accept(standing.value) : refuse('internal');
}

/** Without a network nothing is given back: then the payment is more than this phone can do alone. */
function refuseToFree(refused: Extract<Result<Card>, { ok: false }>): Result<PaymentIntent> {
  return refused.code === 'no_network' ? refuse('allowance_exceeded') : refused;
}
