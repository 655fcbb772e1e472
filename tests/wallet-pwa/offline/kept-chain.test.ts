import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { UnsettledFile } from '../../../shared/protocol/wire/unsettled-file.ts';
import { totalMinor } from '../../../wallet-pwa/cards/card.ts';
import { canPay } from '../../../wallet-pwa/cards/choose-card.ts';
import { joinSetAside } from '../../../wallet-pwa/cards/join-set-aside.ts';
import { giveConsent } from '../../../wallet-pwa/offline/kept-chain.ts';
import { createUnsettledFile } from '../../../wallet-pwa/offline/unsettled-file.ts';
import { unwrap } from '../../support/devices.ts';
import { createOfflineWallet, type OfflineWallet } from './offline-wallet.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 86_400_000;
let wallet: OfflineWallet;

beforeEach(async () => {
  wallet = await createOfflineWallet(NOW_MS);
});

const shown = (nowMs = NOW_MS) => joinSetAside([wallet.card], [wallet.chain()], nowMs)[0]!;
const pay = async (amountMinor: number) => wallet.sign(unwrap(await wallet.prepare(await wallet.order(amountMinor))));

describe('what is set aside', () => {
  it('is part of the one balance, and less by each consent the moment it is signed', async () => {
    expect(totalMinor(shown())).toBe(10_000);
    await pay(2_000);
    expect(totalMinor(shown())).toBe(8_000);
    expect(shown().setAside).toEqual({
      leftMinor: 3_000,
      spendableMinor: 3_000,
      paymentMaxMinor: 2_500,
      untilMs: NOW_MS + DAY_MS,
    });
  });

  it('pays for what the free money alone would not', () => {
    expect(canPay(shown(), 10_000)).toBe(true);
    expect(canPay(shown(), 10_001)).toBe(false);
  });

  it('is the customer’s still when it has ended, and can be spent without a network no more', () => {
    expect(shown(NOW_MS + DAY_MS).setAside).toMatchObject({ leftMinor: 5_000, spendableMinor: 0 });
    expect(totalMinor(shown(NOW_MS + DAY_MS))).toBe(10_000);
  });

  it('is the customer’s still while its last word waits to be answered, and can be spent no more', async () => {
    wallet.loseAnswers('no_network');
    await wallet.keeper.renew(wallet.card, { isWanted: false });
    expect(shown().setAside).toMatchObject({ leftMinor: 5_000, spendableMinor: 0, paymentMaxMinor: 0 });
  });

  it('is not counted once its last word is taken: the centre counts it then', async () => {
    unwrap(await wallet.keeper.renew(wallet.card, { isWanted: false }));
    expect(shown().setAside).toBeUndefined();
  });
});

describe('a chain', () => {
  it('counts the consent in its last place and no other', async () => {
    const first = await pay(100);
    await pay(200);
    expect(() => giveConsent(wallet.chain(), first)).toThrow();
  });
});

describe('the file of what is unsettled', () => {
  it('holds each call as it would be handed in, oldest first', async () => {
    const first = await pay(100);
    wallet.clock.nowMs += 1_000;
    const second = await pay(200);
    const file = createUnsettledFile(wallet.programme.centre.programme, [second, first]);
    const content = v.parse(UnsettledFile, JSON.parse(await file.text()));
    expect(content.calls).toHaveLength(2);
    expect(content.calls.every(({ isTillAway }) => isTillAway)).toBe(true);
    expect(Buffer.from(content.calls[0]!.authorisation, 'base64url')).toEqual(
      Buffer.from(first.documents.authorisation),
    );
  });
});
