import type { Bytes } from '../../shared/protocol/bytes.ts';
import { isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { ChainHead } from '../../shared/protocol/offline/chain.ts';
import { decideIntent } from '../payment/decide-intent.ts';
import type { PaymentIntent } from '../payment/payment-intent.ts';
import { planResume } from '../payment/plan-resume.ts';
import { isOfChain, type KeptChain } from './kept-chain.ts';

export interface ClosingMoment {
  /** Where the chain stood when the last word was signed. */
  readonly head: ChainHead;
  /** Somebody may be about to sign for a payment: false lets them, and the chain stays open. */
  readonly isForced: boolean;
  readonly nowMs: number;
}

/**
 * Whether a last word may stand: only where it says all there is. What nobody has signed is burnt with it.
 * @returns undefined when the chain stays as it is
 */
export function decideClose(
  chain: KeptChain,
  prepared: readonly PaymentIntent[],
  closing: Bytes,
  { head, isForced, nowMs }: ClosingMoment,
): { readonly chain: KeptChain; readonly burnt: readonly PaymentIntent[] } | undefined {
  if (chain.state.status !== 'open' || !isSameHead(chain.head, head)) return undefined;
  const unsigned = prepared.filter((intent) => isOfChain(chain, intent));
  if (!isForced && unsigned.some((intent) => planResume(intent, nowMs) === 'ask')) return undefined;
  const burnt: PaymentIntent[] = [];
  for (const intent of unsigned) {
    const state = decideIntent(intent.state, { kind: 'drop', atMs: nowMs });
    if (state) burnt.push({ ...intent, state });
  }
  return { chain: { ...chain, state: { status: 'closing', closing } }, burnt };
}

function isSameHead(one: ChainHead, other: ChainHead): boolean {
  return (
    one.counter === other.counter && one.cumulativeMinor === other.cumulativeMinor && isEqualBytes(one.head, other.head)
  );
}
