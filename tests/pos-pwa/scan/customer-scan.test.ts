import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CustomerScan } from '../../../pos-pwa/scan/customer-scan.ts';
import { describeScan } from '../../../pos-pwa/scan/describe-scan.ts';
import type { ScannedCustomer } from '../../../pos-pwa/scan/scanned-customer.ts';
import type { ScanSource } from '../../../shared/browser/scanner/scan-source.ts';
import { encodeBase32 } from '../../../shared/protocol/base32.ts';
import type { CentreTrust } from '../../../shared/protocol/centre-trust.ts';
import type { TwinCode } from '../../../shared/protocol/codes/twin-code.ts';
import { createTestCentre, type TestCentre } from '../../support/test-centre.ts';
import { TEST_RHYTHM_MS, TestCustomer } from './test-customer.ts';

const START_MS = 1_790_000_000_000;
const RULES = { windowMs: 3_000, toleranceMs: 10_000 };
/** The device's own clock is an hour slow; the corrected one is right. */
const WALL_LAG_MS = 3_600_000;

let centre: TestCentre;
let customer: TestCustomer;
let nowMs: number;
let trust: CentreTrust;
let refreshCount: number;
let isNetworkGone: boolean;
let afterRefresh: CentreTrust | undefined;

beforeAll(async () => {
  centre = await createTestCentre({ nowMs: START_MS });
  customer = await TestCustomer.join(centre);
});
beforeEach(() => {
  nowMs = START_MS;
  trust = centre.trust;
  refreshCount = 0;
  isNetworkGone = false;
  afterRefresh = undefined;
});

function startScan(): CustomerScan {
  return new CustomerScan({
    rules: RULES,
    trust: () => trust,
    refreshTrust: async () => {
      refreshCount += 1;
      if (afterRefresh) trust = afterRefresh;
    },
    isNetworkGone: () => isNetworkGone,
    nowMs: () => nowMs,
    wallMs: () => nowMs - WALL_LAG_MS,
  });
}

/** @param ageMs how long ago the picture was taken */
function see(scan: CustomerScan, text: string, { ageMs = 0, source = 'camera' as ScanSource } = {}): Promise<void> {
  return scan.take({ text, source, capturedAtMs: nowMs - WALL_LAG_MS - ageMs + 0.25 });
}

async function showNow(capMinor = 2500, mode: 'split' | 'cross-check' = 'split'): Promise<TwinCode> {
  return customer.show(await customer.consent(capMinor, nowMs), nowMs, mode);
}

function scanned(scan: CustomerScan): ScannedCustomer {
  const state = scan.state.value;
  if (state.status !== 'done') throw new Error(`The scan is ${JSON.stringify(state)}.`);
  if (state.scanned.kind !== 'customer') throw new Error(`A ${state.scanned.kind} was scanned.`);
  return state.scanned.customer;
}

describe('scanning a customer', () => {
  it('takes both codes in either order, and keeps the texts as A and B', async () => {
    for (const isTurned of [false, true]) {
      const scan = startScan();
      const { a, b } = await showNow();
      await see(scan, isTurned ? b : a);
      expect(scan.state.value).toMatchObject({ status: 'half' });
      nowMs += TEST_RHYTHM_MS;
      await see(scan, isTurned ? a : b);
      expect(scanned(scan).codes).toEqual([a, b]);
    }
  });

  it('says what the customer allows, and until when they may be charged', async () => {
    const payCode = await customer.consent(2500, nowMs);
    nowMs += 20_000;
    const { a, b } = await customer.show(payCode, nowMs);
    const scan = startScan();
    await see(scan, a);
    await see(scan, b);
    expect(scanned(scan)).toMatchObject({ capMinor: 2500, chargeableUntilMs: START_MS + 60_000 });
  });

  it('only matches codes that it cannot open', async () => {
    const { a, b } = await showNow(2500, 'cross-check');
    const scan = startScan();
    await see(scan, a);
    await see(scan, b);
    expect(scanned(scan).capMinor).toBeUndefined();
    expect(scanned(scan).chargeableUntilMs).toBe(START_MS + 60_000);
  });

  it('notes when each picture was taken by the corrected clock, in whole milliseconds', async () => {
    const { a, b } = await showNow();
    nowMs += 1000;
    const scan = startScan();
    await see(scan, a, { ageMs: 800 });
    await see(scan, b, { ageMs: 300 });
    expect(scanned(scan).pair.capturedAtMs).toEqual([START_MS + 200, START_MS + 700]);
  });

  it('takes both texts pasted at once, with white space between them', async () => {
    const { a, b } = await showNow();
    const scan = startScan();
    await see(scan, `${b}\n ${a}`, { source: 'text' });
    expect(scanned(scan).codes).toEqual([a, b]);
  });

  it('says that a full disk could not keep it, and takes it again: by hand at once, held before it when that was read', async () => {
    const scan = startScan();
    const { a, b } = await showNow();
    await see(scan, `${a} ${b}`, { source: 'text' });
    scan.reject('storage_failed');
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'storage_failed' });
    await see(scan, a);
    await see(scan, b);
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'storage_failed' });
    nowMs += 5_000;
    scan.tick();
    await see(scan, a);
    expect(scanned(scan).codes).toEqual([a, b]);

    scan.reject('storage_failed');
    await see(scan, `${a} ${b}`, { source: 'text' });
    expect(scanned(scan).codes).toEqual([a, b]);
  });

  it.each(['split', 'cross-check'] as const)(
    'keeps nothing of a pay code, %s, that nobody can charge without a network, and takes it when there is one again',
    async (mode) => {
      isNetworkGone = true;
      const scan = startScan();
      const { a, b } = await showNow(2500, mode);
      for (let count = 0; count < 2; count += 1) {
        await see(scan, a);
        await see(scan, b);
        expect(scan.state.value).toMatchObject({ status: 'problem', code: 'no_network', about: 'pay-code' });
      }
      expect(describeScan(scan.state.value)).toMatchObject({
        title: expect.stringMatching(/No network.*cannot be charged/),
        note: expect.stringMatching(/charge the amount.*scan your code/),
      });
      expect(describeScan(scan.state.value, true).note).toMatch(/^Go back and let the customer scan your code/);
      isNetworkGone = false;
      await see(scan, a);
      await see(scan, b);
      expect(scanned(scan).codes).toEqual([a, b]);
    },
  );

  it('takes two pictures, and says at once when they are of different showings', async () => {
    const first = await showNow();
    const second = await showNow();
    const scan = startScan();
    await see(scan, first.a, { source: 'image' });
    await see(scan, second.b, { source: 'image' });
    expect(scan.state.value).toMatchObject({ code: 'twin_code_mixed' });
    await see(scan, first.b, { source: 'image' });
    expect(scanned(scan).codes).toEqual([first.a, first.b]);
  });

  it('says of a screenshot that it is old, and goes on to take what is on the phone now', async () => {
    const old = await showNow();
    nowMs += 11_000;
    const scan = startScan();
    await see(scan, old.a);
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'twin_code_stale' });
    const fresh = await showNow();
    await see(scan, fresh.a);
    await see(scan, fresh.b);
    expect(scanned(scan).codes).toEqual([fresh.a, fresh.b]);
  });

  it('says that only one was seen when it stays at one', async () => {
    const { a } = await showNow();
    const scan = startScan();
    await see(scan, a);
    nowMs += 3000;
    scan.tick();
    expect(scan.state.value).toMatchObject({ code: 'twin_code_incomplete' });
  });

  it.each(['HTTPS://EXAMPLE.ORG/', 'HTTPS://PAY.EXAMPLE.ORG/W/#ABCDEF', '', 'A', encodeBase32(new Uint8Array(300))])(
    'does not take other codes: %s',
    async (text) => {
      const scan = startScan();
      await see(scan, text);
      expect(scan.state.value).toMatchObject({ status: 'problem', code: 'code_unreadable' });
    },
  );

  it('says of a card of another centre that it is of another programme, once it has asked for newer keys', async () => {
    const foreign = await TestCustomer.join(await createTestCentre({ nowMs }));
    const { a, b } = await foreign.show(await foreign.consent(2500, nowMs), nowMs);
    const scan = startScan();
    await see(scan, a);
    await see(scan, b);
    expect(scan.state.value).toMatchObject({ status: 'problem', code: 'programme_mismatch' });
    expect(refreshCount).toBe(1);
    await see(scan, a);
    expect(refreshCount).toBe(1);
    expect(scan.state.value).toMatchObject({ code: 'programme_mismatch' });
  });

  it('takes a card certified by a key of the centre that it did not know yet', async () => {
    const { a, b } = await showNow();
    trust = { ...centre.trust, keys: new Map() };
    afterRefresh = centre.trust;
    const scan = startScan();
    await see(scan, a);
    await see(scan, b);
    expect(scanned(scan).capMinor).toBe(2500);
  });

  it('does not take a code whose consent is over', async () => {
    const payCode = await customer.consent(2500, nowMs);
    nowMs += 60_000;
    const { a, b } = await customer.show(payCode, nowMs);
    const scan = startScan();
    await see(scan, a);
    await see(scan, b);
    expect(scan.state.value).toMatchObject({ code: 'pay_code_expired' });
  });
});
