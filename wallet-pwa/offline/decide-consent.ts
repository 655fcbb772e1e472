import { decideIntent, type IntentEvent } from '../payment/decide-intent.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import { giveConsent, isOfChain, type KeptChain, takePlace } from './kept-chain.ts';

/** All that the storage knows of what a new consent touches, read in the transaction that will hold it. */
export interface PrepareFacts {
  readonly intent: PaymentIntent;
  /** Of the same request. */
  readonly ofRequest: readonly PaymentIntent[];
  /** All that nobody has signed. */
  readonly prepared: readonly PaymentIntent[];
  /** That of the intent's place; undefined for a consent without one. */
  readonly chain: KeptChain | undefined;
}

export type PrepareStep =
  /** The person has signed for this request already: that is the payment. Nothing is written. */
  | { readonly kind: 'standing'; readonly intent: PaymentIntent }
  /** Another consent took the place meanwhile, or the chain was closed. Nothing is written; make it anew. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'store'; readonly intents: readonly PaymentIntent[]; readonly chain?: KeptChain };

/**
 * What keeping a new consent means, before the passkey is asked. Of one request at most one is alive, and of one chain at most one
 * that nobody has signed: others are dropped in the same write, so that what was burnt stays burnt and is never given afterwards.
 */
export function decidePrepare({ intent, ofRequest, prepared, chain }: PrepareFacts, nowMs: number): PrepareStep {
  const standing = ofRequest.find(({ state }) => state.status === 'signed' || state.status === 'paid');
  if (standing) return { kind: 'standing', intent: standing };
  const { place } = intent;
  const next = place && chain && takePlace(chain, place, intent.authorisationHash, intent.facts.amountMinor);
  if (place && !next) return { kind: 'moved' };
  const burnt = next ? prepared.filter((other) => isOfChain(next, other)) : [];
  const dropped = dropAll([...ofRequest, ...burnt], intent.id, nowMs);
  return { kind: 'store', intents: [...dropped, intent], ...(next && { chain: next }) };
}

function dropAll(others: readonly PaymentIntent[], ownId: string, nowMs: number): readonly PaymentIntent[] {
  const dropped = new Map<string, PaymentIntent>();
  for (const other of others) {
    const state = other.id === ownId ? undefined : decideIntent(other.state, { kind: 'drop', atMs: nowMs });
    if (state) dropped.set(other.id, { ...other, state });
  }
  return [...dropped.values()];
}

export interface ApplyStep {
  readonly intent: PaymentIntent;
  readonly chain?: KeptChain;
  /** What becomes of its item in the outbox; absent: nothing. */
  readonly outbox?: 'add' | 'remove';
}

/**
 * What an event means for a consent, its chain and the outbox, to be written together.
 * @param chain that of the intent's place
 * @returns undefined when it changes nothing
 */
export function decideApply(
  intent: PaymentIntent,
  chain: KeptChain | undefined,
  event: IntentEvent,
): ApplyStep | undefined {
  const state = decideIntent(intent.state, event);
  if (!state) return undefined;
  const next = { ...intent, state };
  if (event.kind === 'sign') {
    return { intent: next, outbox: 'add', ...(chain && { chain: giveConsent(chain, intent) }) };
  }
  if (state.status !== 'signed') return { intent: next, outbox: 'remove' };
  // The phone keeps still about what the shop did not take, and speaks again once it turns out that it did.
  return { intent: next, outbox: state.leftUntilMs ? 'remove' : 'add' };
}
