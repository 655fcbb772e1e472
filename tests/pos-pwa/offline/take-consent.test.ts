import { beforeEach, describe, expect, it } from 'vitest';
import type { CarriedConsent, Sale } from '../../../pos-pwa/sale/sale.ts';
import { encodeHex } from '../../../shared/protocol/bytes.ts';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import type { ParticipantCode } from '../../../shared/protocol/identifiers.ts';
import { verifyAcceptance } from '../../../shared/protocol/offline/acceptance.ts';
import type { Result } from '../../../shared/protocol/result.ts';
import { createOfflineWallet, NOW, type OfflineWallet } from '../../shared/protocol/offline/offline-parties.ts';
import { unwrap } from '../../support/devices.ts';
import { createTestCentre, type TestCentre } from '../../support/test-centre.ts';
import { giveConsent, OfflineShop } from './offline-shop.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const centre: TestCentre = await createTestCentre({ nowMs: NOW });
let shop: OfflineShop;
let wallet: OfflineWallet;

beforeEach(async () => {
  shop = await OfflineShop.open(centre);
  wallet = await createOfflineWallet(centre);
});

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'taken' : result.code;
}

/** Of the till's own, as it stands on the disk. */
function stored({ traceKey }: Sale): Sale {
  return shop.store.sales.get(traceKey)!;
}

function flip(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const flipped = new Uint8Array(bytes);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}

describe('a consent that the till takes alone', () => {
  it('is stored with its acceptance, counted, and put in the outbox, in one write', async () => {
    const { sale, given, taken } = await shop.sellTo(wallet, 1250);
    const { state } = unwrap(taken);
    if (state.status !== 'accepted') throw new Error(state.status);
    expect(stored(sale)).toEqual(unwrap(taken));
    expect(shop.store.writes).toBe(1);
    expect(shop.store.items.get(sale.traceKey)).toMatchObject({ id: sale.traceKey, place: sale.voucherNo });
    expect(shop.store.state.takings).toMatchObject({ takenMinor: 1250, count: 1 });
    expect(shop.store.seen.get(encodeHex(wallet.allowance.serial))).toMatchObject({
      takenMinor: 1250,
      counter: 1,
      cumulativeMinor: 1250,
      head: given.hash,
    });
    const word = await verifyAcceptance(state.acceptance, shop.till.trusted, {
      requestHash: sale.requestHash,
      authorisationHash: given.hash,
      amountMinor: 1250,
    });
    expect(unwrap(word)).toMatchObject({ acceptedAtMs: NOW, revocationVersion: 0 });
  });

  it('gives the same acceptance when it is scanned again, also long after', async () => {
    const { sale, given, taken } = await shop.sellTo(wallet, 1250);
    shop.nowMs += DAY_MS;
    expect(await shop.take(sale, given.consent)).toEqual(taken);
    expect(shop.store.state.takings.count).toBe(1);
  });

  it('was taken or not when the till is killed in between: then it is taken once', async () => {
    const sale = await shop.sell(1250);
    const given = await shop.scan(sale, wallet);
    // Killed after the write, before anyone was shown anything: the disk is all that is left.
    await shop.take(sale, given.consent);
    const again = await shop.take(stored(sale), given.consent);
    expect(unwrap(again)).toEqual(stored(sale));
    expect([...shop.store.items.keys()]).toEqual([sale.traceKey]);
  });

  it('is not taken when the disk is full', async () => {
    const sale = await shop.sell(1250);
    const given = await shop.scan(sale, wallet);
    shop.store.isFull = true;
    await expect(shop.take(sale, given.consent)).rejects.toThrow('full');
    expect(stored(sale).state.status).toBe('charging');
    expect(shop.store.items.size).toBe(0);
    expect(shop.store.state.takings.count).toBe(0);
    shop.store.isFull = false;
    expect(codeOf(await shop.take(sale, given.consent))).toBe('taken');
  });

  it('goes on from the one before', async () => {
    const first = await shop.sellTo(wallet, 1000);
    const second = await shop.sellTo(wallet, 1000, first.given.head);
    expect(codeOf(second.taken)).toBe('taken');
    expect(shop.store.state.takings).toMatchObject({ takenMinor: 2000, count: 2 });
  });
});

describe('a consent that the till must not take', () => {
  it('is for another sale, or another till', async () => {
    const [one, other] = [await shop.sell(1250), await shop.sell(1250)];
    const given = await shop.scan(one, wallet);
    shop.charge(other, given.consent);
    expect(codeOf(await shop.take(other, given.consent))).toBe('request_mismatch');
    const elsewhere = await OfflineShop.open(centre);
    const theirs = await elsewhere.sell(1250);
    expect(codeOf(await elsewhere.take(theirs, given.consent))).toBe('request_mismatch');
  });

  it('is a second one for a sale that is taken', async () => {
    const { sale } = await shop.sellTo(wallet, 1250);
    const another = await createOfflineWallet(centre);
    const request = unwrap(await shop.till.verify(sale.request, NOW));
    const given = await giveConsent(another, request, another.start, NOW);
    expect(codeOf(await shop.take(sale, given.consent))).toBe('already_paid');
  });

  it('is for another amount', async () => {
    const sale = await shop.sell(1250);
    const request = unwrap(await shop.till.verify(sale.request, NOW));
    const other = { ...request, amountMinor: 1 as typeof request.amountMinor };
    const given = await giveConsent(wallet, other, wallet.start, NOW);
    expect(codeOf(await shop.take(sale, given.consent))).toBe('amount_mismatch');
  });

  it('differs in any single bit from what was signed', async () => {
    const sale = await shop.sell(1250);
    const given = (await shop.scan(sale, wallet)).consent;
    const parts = ['authorisation', 'assertion', 'walletCertificate'] as const;
    for (const part of parts) {
      const bitCount = given[part].length * 8;
      for (let bit = 0; bit < bitCount; bit += 7) {
        const tampered: CarriedConsent = { ...given, [part]: flip(given[part], bit) };
        expect(codeOf(await shop.take(sale, tampered)), `${part}, bit ${bit}`).not.toBe('taken');
      }
    }
    expect(shop.store.items.size).toBe(0);
    expect(codeOf(await shop.take(sale, given))).toBe('taken');
  });

  it('is of another centre, issuer or currency', async () => {
    const foreign = await createTestCentre({ nowMs: NOW });
    for (const [phone, code] of [
      [await createOfflineWallet(foreign), 'certificate_invalid'],
      [await createOfflineWallet(centre, { issuer: '200002' as ParticipantCode }), 'account_unknown'],
      [await createOfflineWallet(centre, { currency: 'CHF' as CurrencyCode }), 'currency_mismatch'],
      [await createOfflineWallet(centre, { exponent: 3 }), 'currency_mismatch'],
    ] as const) {
      expect(codeOf((await shop.sellTo(phone, 1250)).taken)).toBe(code);
    }
  });

  it('comes from a phone with no allowance, or outside its chain', async () => {
    const { sale, taken } = await shop.sellTo(wallet, 1250, 'unchained');
    expect(codeOf(taken)).toBe('allowance_missing');
    expect(stored(sale).state.status).toBe('charging');
  });

  it('is of a sale that is being taken back, or is over', async () => {
    const sale = await shop.sell(1250);
    const given = await shop.scan(sale, wallet);
    shop.store.sales.set(sale.traceKey, { ...sale, state: { status: 'cancelling' } });
    expect(codeOf(await shop.take(sale, given.consent))).toBe('request_cancelled');
    shop.store.sales.set(sale.traceKey, { ...sale, state: { status: 'not-paid', code: 'request_expired' } });
    expect(codeOf(await shop.take(sale, given.consent))).toBe('request_expired');
    shop.store.sales.delete(sale.traceKey);
    expect(codeOf(await shop.take(sale, given.consent))).toBe('not_found');
  });

  it('does not go on from where this till saw the chain: a replay, a rolled-back phone', async () => {
    const first = await shop.sellTo(wallet, 1000);
    expect(codeOf(first.taken)).toBe('taken');
    // The copy of the phone does not know of the first.
    expect(codeOf((await shop.sellTo(wallet, 1000, wallet.start)).taken)).toBe('chain_broken');
    const forged = { ...first.given.head, head: wallet.start.head };
    expect(codeOf((await shop.sellTo(wallet, 1000, forged)).taken)).toBe('chain_broken');
  });
});

describe('the till’s own limits', () => {
  it('are kept to the last cent out of one allowance', async () => {
    shop.change({ tillPerAllowanceMinor: 2000 as never });
    const first = await shop.sellTo(wallet, 1500);
    expect(codeOf((await shop.sellTo(wallet, 501, first.given.head)).taken)).toBe('till_limit_reached');
    expect(codeOf((await shop.sellTo(wallet, 500, first.given.head)).taken)).toBe('taken');
  });

  it('are kept to the last cent in all, and in number', async () => {
    shop.change({ tillTotalMinor: 3000 as never });
    await shop.sellTo(wallet, 2000);
    const other = await createOfflineWallet(centre);
    expect(codeOf((await shop.sellTo(other, 1001)).taken)).toBe('till_limit_reached');
    const last = await shop.sellTo(other, 1000);
    expect(codeOf(last.taken)).toBe('taken');
    shop.change({ tillTotalMinor: 50_000 as never, tillCountMax: 2 });
    expect(codeOf((await shop.sellTo(await createOfflineWallet(centre), 1)).taken)).toBe('till_limit_reached');
    shop.change({ tillCountMax: 3 });
    expect(codeOf((await shop.sellTo(await createOfflineWallet(centre), 1)).taken)).toBe('taken');
  });

  it('hold when another window takes the last of them meanwhile', async () => {
    shop.change({ tillCountMax: 1 });
    const sale = await shop.sell(1000);
    const given = await shop.scan(sale, wallet);
    const { state } = shop.store;
    shop.store.meanwhile = () => {
      shop.store.state = { ...state, takings: { ...state.takings, count: 1 } };
    };
    expect(codeOf(await shop.take(sale, given.consent))).toBe('till_limit_reached');
    expect(stored(sale).state.status).toBe('charging');
  });

  it('shrink to a quarter with the age of the list, and to nothing at its end', async () => {
    shop.change({ tillAgeSeconds: 9 * 3600, tillPerAllowanceMinor: 2000 as never });
    shop.nowMs = NOW + 3 * HOUR_MS;
    expect(codeOf((await shop.sellTo(wallet, 2000)).taken)).toBe('taken');
    shop.nowMs += 1;
    const other = await createOfflineWallet(centre);
    expect(codeOf((await shop.sellTo(other, 501)).taken)).toBe('till_limit_reached');
    expect(codeOf((await shop.sellTo(other, 500)).taken)).toBe('taken');
    shop.nowMs = NOW + 9 * HOUR_MS;
    const third = await createOfflineWallet(centre);
    expect(codeOf((await shop.sellTo(third, 500)).taken)).toBe('taken');
    shop.nowMs += 1;
    expect(codeOf((await shop.sellTo(await createOfflineWallet(centre), 1)).taken)).toBe('revocations_stale');
  });

  it('need the shop’s word, the programme’s, and a list', async () => {
    shop.change({}, false);
    expect(codeOf((await shop.sellTo(wallet, 100)).taken)).toBe('offline_not_agreed');
    shop.change({ isOn: false });
    expect(codeOf((await shop.sellTo(wallet, 100)).taken)).toBe('offline_not_agreed');
    shop.change({ isOn: true });
    shop.store.state = { ...shop.store.state, revocations: undefined };
    expect(codeOf((await shop.sellTo(wallet, 100)).taken)).toBe('revocations_stale');
  });
});

describe('an allowance', () => {
  it('is taken out of up to its last millisecond, its largest payment, its sum and its count', async () => {
    wallet = await createOfflineWallet(centre, { allowanceCountMax: 5 });
    const cases = [
      [2500, wallet.start, 'taken'],
      [2501, wallet.start, 'allowance_exceeded'],
      [1000, { ...wallet.start, counter: 3, cumulativeMinor: 4000 }, 'taken'],
      [1001, { ...wallet.start, counter: 3, cumulativeMinor: 4000 }, 'allowance_exceeded'],
      [100, { ...wallet.start, counter: 4, cumulativeMinor: 100 }, 'taken'],
      [100, { ...wallet.start, counter: 5, cumulativeMinor: 100 }, 'allowance_exceeded'],
    ] as const;
    for (const [amountMinor, head, expected] of cases) {
      const till = await OfflineShop.open(centre);
      expect(codeOf((await till.sellTo(wallet, amountMinor, head)).taken), `${amountMinor}`).toBe(expected);
    }
    shop.nowMs = wallet.allowance.expiresAtMs - 1;
    expect(codeOf((await shop.sellTo(wallet, 100)).taken)).toBe('taken');
    shop.nowMs += 1;
    expect(codeOf((await shop.sellTo(await createOfflineWallet(centre), 100)).taken)).toBe('allowance_expired');
  });

  it('is not brought back to life by a till whose clock was set back', async () => {
    shop.sync(wallet.allowance.expiresAtMs);
    // The clock says that there is a day left; the centre has said that there is none.
    const { taken } = await shop.sellTo(wallet, 100);
    expect(codeOf(taken)).not.toBe('taken');
    // And what any phone carries of the centre's counts as its word on the time.
    const fresh = await OfflineShop.open(centre);
    const later = await createOfflineWallet(centre, {
      issuedAtSeconds: NOW / 1000 + 86_400,
      expiresAtSeconds: NOW / 1000 + 10 * 86_400,
      allowanceExpiresAtSeconds: NOW / 1000 + 9 * 86_400,
    });
    expect(codeOf((await fresh.sellTo(later, 100)).taken)).not.toBe('taken');
    expect(fresh.store.state.centreTimeMs).toBe(NOW + DAY_MS);
    expect(codeOf((await fresh.sellTo(wallet, 100)).taken)).not.toBe('taken');
  });
});

describe('a consent too late or too early', () => {
  it('is taken up to the end of the request, and no later', async () => {
    const sale = await shop.sell(100);
    shop.nowMs = NOW + 60_000;
    const given = await shop.scan(sale, wallet);
    shop.nowMs = sale.expiresAtMs + 1;
    expect(codeOf(await shop.take(sale, given.consent))).toBe('request_expired');
    shop.nowMs = sale.expiresAtMs;
    expect(codeOf(await shop.take(sale, given.consent))).toBe('taken');
  });

  it('is refused where the centre would refuse it: given outside the request’s life, or in the future', async () => {
    const sale = await shop.sell(100);
    shop.nowMs = NOW - 120_001;
    const early = await shop.scan(sale, wallet);
    shop.nowMs = NOW + 60_000;
    expect(codeOf(await shop.take(sale, early.consent))).toBe('authorisation_expired');
    shop.nowMs = NOW + 120_001;
    const future = await shop.scan(sale, wallet);
    shop.nowMs = NOW;
    expect(codeOf(await shop.take(sale, future.consent))).toBe('clock_off');
  });
});

describe('a list of withdrawn allowances that a phone carries', () => {
  it('is applied before anything is decided, and kept whatever becomes of the consent', async () => {
    const revocations = await shop.signList([wallet.allowance.serial], 1, NOW + 1000);
    const sale = await shop.sell(100);
    const given = await shop.scan(sale, wallet);
    expect(codeOf(await shop.take(sale, { ...given.consent, revocations }))).toBe('allowance_revoked');
    expect(shop.store.state.revocations).toMatchObject({ version: 1, issuedAtMs: NOW + 1000 });
    expect(codeOf((await shop.sellTo(wallet, 100)).taken)).toBe('allowance_revoked');
    const other = await shop.sellTo(await createOfflineWallet(centre), 100);
    expect(codeOf(other.taken)).toBe('taken');
  });

  it('gives a till that was offline for long its limits back as far as the list goes, not the time since its sync', async () => {
    shop.change({ tillAgeSeconds: 9 * 3600 });
    shop.nowMs = NOW + 8 * HOUR_MS;
    const sale = await shop.sell(2000);
    const given = await shop.scan(sale, wallet);
    expect(codeOf(await shop.take(sale, given.consent))).toBe('till_limit_reached');
    const revocations = await shop.signList([], 0, NOW + 7 * HOUR_MS);
    expect(codeOf(await shop.take(sale, { ...given.consent, revocations }))).toBe('taken');
    shop.nowMs = NOW + 10 * HOUR_MS;
    expect(codeOf((await shop.sellTo(await createOfflineWallet(centre), 1)).taken)).toBe('revocations_stale');
  });

  it('is worth nothing where the centre did not sign it, another participant’s, or with something before it missing', async () => {
    const foreign = await OfflineShop.open(await createTestCentre({ nowMs: NOW }));
    const forged = await foreign.signList([wallet.allowance.serial], 1, NOW + 1000);
    const gapped = await shop.signList([wallet.allowance.serial], 9, NOW + 1000, 8);
    const genuine = await shop.signList([wallet.allowance.serial], 1, NOW + 1000);
    // Its versions are far ahead, and it names none that was withdrawn here: the till would think that it knew them all.
    const others = await shop.signList([], 57, NOW + 1000, 0, '100002' as ParticipantCode);
    const before = shop.store.state.revocations;
    for (const revocations of [forged, gapped, others, flip(genuine, 100)]) {
      const sale = await shop.sell(1);
      const { consent } = await shop.scan(sale, await createOfflineWallet(centre));
      expect(codeOf(await shop.take(sale, { ...consent, revocations }))).toBe('taken');
    }
    expect(shop.store.state.revocations).toEqual(before);
  });

  it('that comes in while the acceptance is signed is decided by anew', async () => {
    const sale = await shop.sell(100);
    const given = await shop.scan(sale, wallet);
    shop.store.meanwhile = () => {
      const serials = new Set([encodeHex(wallet.allowance.serial)]);
      shop.store.state = { ...shop.store.state, revocations: { version: 1, issuedAtMs: NOW + 1, serials } };
    };
    expect(codeOf(await shop.take(sale, given.consent))).toBe('allowance_revoked');
  });
});
