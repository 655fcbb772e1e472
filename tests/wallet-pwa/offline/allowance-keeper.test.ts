import { beforeEach, describe, expect, it } from 'vitest';
import { AllowanceKeeper } from '../../../wallet-pwa/offline/allowance-keeper.ts';
import { unwrap } from '../../support/devices.ts';
import { createOfflineWallet, type OfflineWallet } from './offline-wallet.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
let wallet: OfflineWallet;

beforeEach(async () => {
  wallet = await createOfflineWallet(NOW_MS);
});

async function pay(amountMinor: number, card = wallet.card) {
  return wallet.sign(unwrap(await wallet.prepare(await wallet.order(amountMinor), card)));
}

describe('closing', () => {
  it('names all that was given, in the order of the chain, and nothing that was burnt', async () => {
    const first = await pay(1_000);
    const burnt = unwrap(await wallet.prepare(await wallet.order(700)));
    const third = await pay(500);
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));
    expect(wallet.closings[0]).toMatchObject({ counter: 3, cumulativeMinor: 1_500 });
    expect(wallet.closings[0]?.given).toEqual([first.authorisationHash, third.authorisationHash]);
    expect(wallet.store.rows.get(burnt.id)?.state.status).toBe('dropped');
  });

  it('is handed in with the same bytes until it is answered, and the chain is not gone on with meanwhile', async () => {
    await pay(1_000);
    wallet.loseAnswers('no_network', 'lost');
    expect(await wallet.keeper.renew(wallet.card, { isWanted: true })).toMatchObject({ code: 'no_network' });
    expect(wallet.chain().state.status).toBe('closing');
    expect((await pay(100)).place).toBeUndefined();
    wallet.clock.nowMs += 60_000;
    await wallet.keeper.renew(wallet.card, { isWanted: true });
    const renewed = unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));
    expect(new Set(wallet.calls.map(({ closing }) => closing)).size).toBe(1);
    expect(wallet.chain().state.status).toBe('closed');
    expect((await pay(100, renewed.card)).place).toMatchObject({ counter: 1, cumulativeMinor: 100 });
  });

  it('waits while somebody is about to sign, unless it is forced; then that is burnt', async () => {
    await pay(1_000);
    const open = unwrap(await wallet.prepare(await wallet.order(700)));
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));
    expect(wallet.calls).toEqual([]);
    expect((await wallet.sign(open)).state.status).toBe('signed');

    const next = unwrap(await wallet.prepare(await wallet.order(300)));
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: false, isForced: true }));
    expect((await wallet.sign(next)).state.status).toBe('dropped');
    expect(wallet.closings[0]).toMatchObject({ counter: 3, cumulativeMinor: 1_700 });
  });

  it('says what is true at the moment it is kept: a consent given meanwhile is in it', async () => {
    await pay(1_000);
    const { close } = wallet.store.chainStore;
    let isFirst = true;
    const racing = {
      ...wallet.store.chainStore,
      close: async (...call: Parameters<typeof close>) => {
        if (isFirst) {
          isFirst = false;
          await pay(200);
        }
        return close(...call);
      },
    };
    const keeper = new AllowanceKeeper({
      chains: racing,
      call: async () => ({ ok: false, code: 'no_network' }),
      verifyCard: async () => ({ ok: false, code: 'certificate_invalid' }),
      deviceKey: () => wallet.phone.deviceKey,
      nowMs: () => NOW_MS,
    });
    await keeper.renew(wallet.card, { isWanted: false, isForced: true });
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: false }));
    expect(wallet.closings[0]).toMatchObject({ counter: 2, cumulativeMinor: 1_200 });
  });
});

describe('renewing', () => {
  it('leaves alone what is as good as new, for the first half of its life', async () => {
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));
    wallet.clock.nowMs += 12 * 3_600_000;
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));
    expect(wallet.calls).toEqual([]);
    wallet.clock.nowMs += 1_000;
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));
    expect(wallet.calls).toHaveLength(1);
  });

  it('only closes where nothing is wanted any more', async () => {
    const { card } = unwrap(await wallet.keeper.renew(wallet.card, { isWanted: false }));
    expect(wallet.calls).toMatchObject([{ isWanted: false }]);
    expect(card.grant).toBeUndefined();
    expect(wallet.chain().state.status).toBe('closed');
  });

  it('asks for the first without a closing', async () => {
    const { card } = unwrap(await wallet.keeper.renew(wallet.card, { isWanted: false }));
    unwrap(await wallet.keeper.renew(card, { isWanted: true }));
    expect(wallet.calls[1]?.closing).toBeUndefined();
    expect(wallet.calls[1]?.isWanted).toBe(true);
  });

  it('never begins a chain anew that it has closed, whatever certificate comes back', async () => {
    await pay(1_000);
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));
    await wallet.store.chainStore.settle(undefined, wallet.card);
    expect(wallet.chain()).toMatchObject({ head: { counter: 1 }, state: { status: 'closed' } });
    expect((await pay(100)).place).toBeUndefined();
  });
});
