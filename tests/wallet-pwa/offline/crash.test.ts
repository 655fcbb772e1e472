import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/protocol/bytes.ts';
import { AllowanceKeeper } from '../../../wallet-pwa/offline/allowance-keeper.ts';
import { prepareConsent } from '../../../wallet-pwa/offline/prepare-consent.ts';
import { createIntent } from '../../../wallet-pwa/payment/create-intent.ts';
import { planResume } from '../../../wallet-pwa/payment/plan-resume.ts';
import { unwrap } from '../../support/devices.ts';
import { createOfflineWallet, type OfflineWallet } from './offline-wallet.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);

class Killed extends Error {}

/** Everything that is awaited on the way, each with a moment before it and one after it at which the app may be killed. */
function createKiller(atMoment: number) {
  let moment = 0;
  const pass = () => {
    moment += 1;
    if (moment === atMoment) throw new Killed();
  };
  return {
    guard<T extends object>(target: T): T {
      return new Proxy(target, {
        get(of, name) {
          const value = Reflect.get(of, name, of);
          if (typeof value !== 'function') return value;
          return async (...call: unknown[]) => {
            pass();
            const result = await value.apply(of, call);
            pass();
            return result;
          };
        },
      });
    },
    pass,
    get moments() {
      return moment;
    },
  };
}

/** One payment and one renewal, killed at a moment. @returns whether the end was reached */
async function live(wallet: OfflineWallet, atMoment: number): Promise<boolean> {
  const killer = createKiller(atMoment);
  const intents = killer.guard(wallet.store);
  try {
    const prepared = await prepareConsent(await wallet.order(700), wallet.card, {
      intents,
      createIntent: async (order, card, place) => {
        killer.pass();
        const intent = await createIntent(order, card, NOW_MS, wallet.phone.deviceKey, place);
        killer.pass();
        return intent;
      },
      freeAllowance: async () => ({ ok: false, code: 'no_network' }),
      nowMs: () => NOW_MS,
    });
    // A kill inside looks like a storage that failed.
    if (!prepared.ok) return false;
    killer.pass();
    await intents.apply(prepared.value.id, { kind: 'sign', assertion: Uint8Array.of(9), atMs: NOW_MS });
    const keeper = new AllowanceKeeper({
      chains: killer.guard(wallet.store.chainStore),
      call: async () => {
        killer.pass();
        return { ok: false, code: 'no_network' };
      },
      verifyCard: async () => ({ ok: false, code: 'certificate_invalid' }),
      deviceKey: () => wallet.phone.deviceKey,
      nowMs: () => NOW_MS,
    });
    await keeper.renew(wallet.card, { isWanted: true });
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

describe('an app that is killed between any two steps of a payment and a renewal', () => {
  it('never gives a place twice, and its last word names all that was given', async () => {
    for (let moment = 1; ; moment++) {
      const wallet = await createOfflineWallet(NOW_MS);
      const isAtEnd = await live(wallet, moment);

      // Started again: what was interrupted is signed as it is, every second time; else it is let go of.
      for (const intent of await wallet.store.loadByStatus('prepared')) {
        expect(planResume(intent, NOW_MS)).toBe('ask');
        if (moment % 2 === 0) await wallet.sign(intent);
        else await wallet.store.apply(intent.id, { kind: 'drop', atMs: NOW_MS });
      }
      const next = unwrap(await wallet.prepare(await wallet.order(300)));
      await wallet.sign(next);
      unwrap(await wallet.keeper.renew(wallet.card, { isWanted: true }));

      const all = [...wallet.store.rows.values()];
      const counters = all.flatMap(({ place }) => (place ? [place.counter] : []));
      expect(new Set(counters).size).toBe(counters.length);
      const given = all.filter(({ place, state }) => place && state.status === 'signed').map(({ id }) => id);
      expect(wallet.closings.at(-1)?.given.map(encodeHex)).toEqual(given);
      expect(wallet.chain().state.status).toBe('closed');
      if (isAtEnd) break;
      expect(moment).toBeLessThan(100);
    }
  });
});
