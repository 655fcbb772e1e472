import { beforeAll, describe, expect, it } from 'vitest';
import type { KeptChain } from '../../../wallet-pwa/offline/kept-chain.ts';
import { planRenewal } from '../../../wallet-pwa/offline/plan-renewal.ts';
import { createOfflineWallet, type OfflineWallet } from './offline-wallet.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const HALF_MS = 12 * 3_600_000;
let wallet: OfflineWallet;
let fresh: KeptChain;

beforeAll(async () => {
  wallet = await createOfflineWallet(NOW_MS);
  fresh = wallet.chain();
});

const plan = (chains: KeptChain[], changes: Partial<Parameters<typeof planRenewal>[0]> = {}) =>
  planRenewal({ card: wallet.card, chains, isWanted: true, nowMs: NOW_MS, ...changes });

describe('an allowance', () => {
  it('is kept while it is as good as new', () => {
    expect(plan([fresh])).toEqual({ kind: 'keep' });
    expect(plan([fresh], { nowMs: NOW_MS + HALF_MS })).toEqual({ kind: 'keep' });
  });

  it('is renewed once less than half of its life is left', () => {
    expect(plan([fresh], { nowMs: NOW_MS + HALF_MS + 1 })).toEqual({ kind: 'call', close: fresh, isWanted: true });
  });

  it('is renewed once a place of it is taken, if only by a burnt one', () => {
    const burnt = { ...fresh, head: { ...fresh.head, counter: 1 } };
    expect(plan([burnt])).toEqual({ kind: 'call', close: burnt, isWanted: true });
  });

  it('is closed where it is not wanted', () => {
    expect(plan([fresh], { isWanted: false })).toEqual({ kind: 'call', close: fresh, isWanted: false });
  });

  it('is asked for where there is none, or only closed ones', () => {
    const closed = { ...fresh, state: { status: 'closed' } } as const;
    for (const chains of [[], [closed]]) {
      expect(plan(chains)).toEqual({ kind: 'call', close: undefined, isWanted: true });
      expect(plan(chains, { isWanted: false })).toEqual({ kind: 'keep' });
    }
  });

  it('whose last word was never answered comes first, and the next is asked for after it', () => {
    const closing = { ...fresh, id: 'aa', state: { status: 'closing', closing: Uint8Array.of(1) } } as const;
    expect(plan([fresh, closing])).toEqual({ kind: 'call', close: closing, isWanted: false });
    expect(plan([closing])).toEqual({ kind: 'call', close: closing, isWanted: true });
  });

  it('of a certificate that the card has no more is closed', () => {
    const { grant: _, ...card } = wallet.card;
    expect(plan([fresh], { card })).toEqual({ kind: 'call', close: fresh, isWanted: true });
  });

  it('of another card is none of this one’s', () => {
    const other = { ...fresh, accountNumber: '1000010000000023' as never };
    expect(plan([other], { isWanted: false })).toEqual({ kind: 'keep' });
  });
});
