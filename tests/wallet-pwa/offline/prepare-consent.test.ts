import { beforeEach, describe, expect, it } from 'vitest';
import { encodeHex, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { accept, type Result } from '../../../shared/protocol/result.ts';
import type { Card } from '../../../wallet-pwa/cards/card.ts';
import type { PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';
import { unwrap } from '../../support/devices.ts';
import { createOfflineWallet, type OfflineWallet } from './offline-wallet.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
let wallet: OfflineWallet;

beforeEach(async () => {
  wallet = await createOfflineWallet(NOW_MS);
});

async function pay(amountMinor: number, card?: Card): Promise<PaymentIntent> {
  return wallet.sign(unwrap(await wallet.prepare(await wallet.order(amountMinor), card)));
}

/** Two different consents in one place, whatever became of them. */
function listSharedPlaces(intents: Iterable<PaymentIntent>): string[] {
  const places = new Map<string, string>();
  const shared: string[] = [];
  for (const { id, place } of intents) {
    if (!place) continue;
    const name = `${encodeHex(place.allowance)} ${place.counter}`;
    if (places.has(name) && places.get(name) !== id) shared.push(name);
    places.set(name, id);
  }
  return shared;
}

describe('a consent of a phone with an allowance', () => {
  it('stands in the chain, joined to the one before, and counts what was given', async () => {
    const first = await pay(1_000);
    const second = await pay(500);
    expect(first.place).toMatchObject({ counter: 1, cumulativeMinor: 1_000 });
    expect(first.place?.previous).toEqual(wallet.card.grant?.certificateHash);
    expect(second.place).toMatchObject({ counter: 2, cumulativeMinor: 1_500 });
    expect(second.place?.previous).toEqual(first.authorisationHash);
    expect(wallet.chain().given).toEqual([first.authorisationHash, second.authorisationHash]);
  });

  it('burns its place when nobody signs it: the next is joined to it, and does not count it', async () => {
    const first = await pay(1_000);
    const burnt = unwrap(await wallet.prepare(await wallet.order(2_000)));
    await wallet.store.apply(burnt.id, { kind: 'drop', atMs: NOW_MS });
    const third = await pay(500);
    expect(third.place).toMatchObject({ counter: 3, cumulativeMinor: 1_500 });
    expect(third.place?.previous).toEqual(burnt.authorisationHash);
    expect(wallet.chain().given).toEqual([first.authorisationHash, third.authorisationHash]);
  });

  it('burns what another window has prepared, which can never be signed after it', async () => {
    const open = unwrap(await wallet.prepare(await wallet.order(2_000)));
    const given = await pay(500);
    const late = await wallet.sign(open);
    expect(late.state.status).toBe('dropped');
    expect(given.place).toMatchObject({ counter: 2, cumulativeMinor: 500 });
    expect(wallet.chain().given).toEqual([given.authorisationHash]);
  });

  it('is for the network alone where the allowance has no room for it, or has ended', async () => {
    const large = await pay(2_501);
    expect(large.place).toBeUndefined();
    wallet.clock.nowMs = wallet.card.grant!.allowance.expiresAtMs;
    const late = await pay(100);
    expect(late.place).toBeUndefined();
  });

  it('is not asked for when it could not be stored: nothing is signed, and no place is taken', async () => {
    wallet.store.isFull = true;
    expect(await wallet.prepare(await wallet.order(500))).toMatchObject({ ok: false, code: 'storage_failed' });
    expect(wallet.chain().head.counter).toBe(0);
    expect(wallet.store.rows.size).toBe(0);
  });

  it('gives nothing when the signature could not be stored; the same consent is signed again', async () => {
    const intent = unwrap(await wallet.prepare(await wallet.order(500)));
    wallet.store.isFull = true;
    await expect(wallet.sign(intent)).rejects.toThrow();
    expect(wallet.chain().given).toEqual([]);
    wallet.store.isFull = false;
    const signed = await wallet.sign(intent);
    expect(signed.id).toBe(intent.id);
    expect(wallet.chain()).toMatchObject({ head: { counter: 1, cumulativeMinor: 500 } });
  });

  it('waits in the outbox from the write that signs it to the write that ends it', async () => {
    const given = await pay(500);
    expect([...wallet.store.items.keys()]).toEqual([given.id]);
    await wallet.store.apply(given.id, { kind: 'pay', receipt: Uint8Array.of(1), decidedAtMs: 1, sequence: 1 });
    expect(wallet.store.items.size).toBe(0);
  });

  it('leaves the outbox when the shop did not take it, and comes back with the till’s word that it did', async () => {
    const given = await pay(500);
    await wallet.store.apply(given.id, { kind: 'leave', untilMs: NOW_MS + 1 });
    expect(wallet.store.items.size).toBe(0);
    const accepted = await wallet.store.apply(given.id, { kind: 'accept', acceptance: Uint8Array.of(3) });
    expect(accepted.state).toEqual({
      status: 'signed',
      assertion: Uint8Array.of(9),
      signedAtMs: NOW_MS,
      acceptance: Uint8Array.of(3),
    });
    expect([...wallet.store.items.keys()]).toEqual([given.id]);
  });
});

describe('more than is free', () => {
  const poor = (): Card => ({ ...wallet.card, availableMinor: 1_000 });

  it('is paid for the network alone after what was set aside has been given back', async () => {
    const freed: Card[] = [];
    const free = async (card: Card): Promise<Result<Card>> => {
      freed.push(card);
      const { grant: _, ...rest } = card;
      return accept({ ...rest, availableMinor: 6_000 });
    };
    const intent = unwrap(await wallet.prepare(await wallet.order(5_500), poor(), free));
    expect(freed).toHaveLength(1);
    expect(intent.place).toBeUndefined();
  });

  it('needs a network: without one it is said, and nothing is signed', async () => {
    const refused = await wallet.prepare(await wallet.order(5_500), poor());
    expect(refused).toMatchObject({ ok: false, code: 'allowance_exceeded' });
    expect(wallet.store.rows.size).toBe(0);
  });

  it('is left to the centre where even both together are too little', async () => {
    const intent = unwrap(await wallet.prepare(await wallet.order(7_000), poor()));
    expect(intent.place).toBeUndefined();
  });

  it('counts only what is left of it', async () => {
    await pay(2_500);
    const refused = await wallet.prepare(await wallet.order(3_600), poor());
    expect(refused.ok && refused.value.place).toBeUndefined();
  });
});

describe('four windows at once', () => {
  it('never give one place twice, over 200 payments and as many allowances as that takes', async () => {
    let card = wallet.card;
    let renewals = 0;
    const window = async (share: number) => {
      for (let paid = 0; paid < 50; paid++) {
        const intent = unwrap(await wallet.prepare(await wallet.order(10 + share), card));
        // Now and then the person closes the passkey, or the app is killed before it is kept.
        const fate = (paid * 7 + share) % 5;
        if (fate === 0) await wallet.store.apply(intent.id, { kind: 'drop', atMs: wallet.clock.nowMs });
        else if (fate !== 1) await wallet.sign(intent);
        if (paid % 10 === 9 && share === 0) {
          const renewed = await wallet.keeper.renew(card, { isWanted: true });
          if (renewed.ok && renewed.value.card !== card) renewals += 1;
          card = renewed.ok ? renewed.value.card : card;
        }
      }
    };
    await Promise.all([window(0), window(1), window(2), window(3)]);
    expect(wallet.store.rows.size).toBe(200);
    expect(listSharedPlaces(wallet.store.rows.values())).toEqual([]);
    expect(renewals).toBeGreaterThan(0);
    for (const chain of wallet.store.chains.values()) {
      const ofChain = [...wallet.store.rows.values()].filter(
        ({ place }) => place && isEqualBytes(place.allowance, chain.allowance.serial),
      );
      const signed = ofChain.filter(({ state }) => state.status === 'signed');
      expect(chain.given).toHaveLength(signed.length);
      expect(chain.head.cumulativeMinor).toBe(signed.reduce((sum, { facts }) => sum + facts.amountMinor, 0));
      expect(ofChain).toHaveLength(chain.head.counter);
    }
  });
});
