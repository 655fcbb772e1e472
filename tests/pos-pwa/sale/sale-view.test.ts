import { describe, expect, it } from 'vitest';
import { askDelayMs } from '../../../pos-pwa/sale/ask-delay.ts';
import { describeCharge, describeChargeRefusal } from '../../../pos-pwa/sale/describe-charge.ts';
import { describeOutcome } from '../../../pos-pwa/sale/describe-outcome.ts';
import { describeWaiting } from '../../../pos-pwa/sale/describe-waiting.ts';
import type { Charge, SaleState } from '../../../pos-pwa/sale/sale.ts';
import { viewSale } from '../../../pos-pwa/sale/sale-view.ts';

const EXPIRES_AT_MS = 1000;
const charge: Charge = { codes: ['A', 'B'], capture: new Uint8Array() };
const document = new Uint8Array([1]);
const charging: SaleState = { status: 'charging', charge };
const asked: SaleState = { status: 'asked', charge };
const chargeRefused: SaleState = { status: 'charge-refused', code: 'insufficient_balance' };

describe('what the screen says of a sale', () => {
  it.each<[SaleState, online: boolean, nowMs: number, string]>([
    [{ status: 'made' }, true, 0, 'code'],
    [{ status: 'waiting' }, true, 0, 'code'],
    [{ status: 'waiting' }, false, 0, 'code'],
    [{ status: 'waiting' }, true, 1000, 'ending'],
    [{ status: 'waiting' }, false, 1000, 'checking'],
    [{ status: 'made' }, false, 2000, 'checking'],
    [{ status: 'cancelling' }, true, 0, 'ending'],
    [{ status: 'cancelling' }, false, 0, 'checking'],
    [{ status: 'not-paid', code: 'request_expired' }, false, 0, 'not-paid'],
    [charging, true, 0, 'charging'],
    [charging, false, 0, 'checking'],
    [charging, true, 2000, 'charging'],
    [asked, true, 0, 'asked'],
    [asked, false, 0, 'asked'],
    [asked, true, 1000, 'ending'],
    [asked, false, 1000, 'checking'],
    [chargeRefused, true, 0, 'charge-refused'],
    [chargeRefused, true, 1000, 'ending'],
    [{ status: 'paid' } as SaleState, false, 9999, 'paid'],
  ])('%o, online %s, at %i: %s', (state, isOnline, nowMs, view) => {
    expect(viewSale({ state, expiresAtMs: EXPIRES_AT_MS }, isOnline, nowMs)).toBe(view);
  });

  it('never calls a sale failed whose end is not known', () => {
    for (const status of ['made', 'waiting', 'cancelling'] as const)
      for (const isOnline of [true, false])
        for (const nowMs of [0, 1000, 1e12])
          expect(['code', 'ending', 'checking']).toContain(
            viewSale({ state: { status }, expiresAtMs: EXPIRES_AT_MS }, isOnline, nowMs),
          );
  });
});

describe('the words beside a code', () => {
  it('put the network first, then a refused card', () => {
    const refused: SaleState = { status: 'waiting', lastRefusal: 'insufficient_balance' };
    expect(describeWaiting(refused, false).tone).toBe('unknown');
    expect(describeWaiting(refused, true)).toMatchObject({ tone: 'refused', title: 'Not paid yet' });
    expect(describeWaiting(refused, true).note).toMatch(/Not enough money.*Another card/);
    expect(describeWaiting({ status: 'waiting' }, true).tone).toBe('plain');
    expect(describeWaiting({ status: 'made' }, true, 'unavailable')).toMatchObject({ tone: 'unknown' });
  });
});

describe('the words beside a code without a network', () => {
  it('are the same whether it went before the sale was registered or after', () => {
    const words = describeWaiting({ status: 'made' }, false);
    expect(words).toMatchObject({ title: 'No network', note: expect.stringMatching(/can still pay.*“Scan customer/) });
    expect(describeWaiting({ status: 'waiting' }, false)).toEqual(words);
    expect(describeWaiting({ status: 'waiting', lastRefusal: 'insufficient_balance' }, false)).toEqual(words);
  });
});

describe('the words while a scanned customer is charged', () => {
  it('say that the phone is asked, and for how much', () => {
    expect(describeCharge(charging, '€60.00', true).title).toMatch(/Asking the centre/);
    expect(describeCharge(asked, '€60.00', true).title).toMatch(/asked to confirm €60.00/);
  });

  it('put the network first, then a try that failed', () => {
    const tried: SaleState = { status: 'asked', charge, lastRefusal: 'insufficient_balance' };
    expect(describeCharge(tried, '€60.00', false).tone).toBe('unknown');
    expect(describeCharge(tried, '€60.00', true)).toMatchObject({ tone: 'refused', title: 'Not paid yet' });
    expect(describeCharge(tried, '€60.00', true).note).toMatch(/Not enough money/);
  });

  it('say nothing of an earlier scan that failed, on the phone or under the code', () => {
    const lastRefusal = 'pay_code_cap_exceeded';
    expect(describeCharge({ status: 'asked', charge, lastRefusal }, '€60.00', true).tone).toBe('plain');
    expect(describeWaiting({ status: 'waiting', lastRefusal }, true).tone).toBe('plain');
  });

  it('do not blame the clock for a network that took too long', () => {
    expect(describeChargeRefusal('clock_off').text).not.toMatch(/clock/i);
    expect(describeChargeRefusal('insufficient_balance').text).toMatch(/Not enough money/);
  });
});

describe('the words of a sale whose end is not known', () => {
  it('say that there is no network, and what to do with a customer who was scanned', () => {
    const { reason, next } = describeOutcome(charging, false);
    expect(reason).toMatch(/^No network\./);
    expect(next).toMatch(/Wait.*receipt.*cancel/);
    expect(describeOutcome({ status: 'cancelling' }, false).reason).toMatch(/^No network\. It is safe to wait/);
    expect(describeOutcome(charging, true).reason).toMatch(/^It is safe to wait/);
  });

  it('keep why this till may not take a consent alone', () => {
    const consent: SaleState = { status: 'charging', charge: { authorisation: document } as unknown as Charge };
    expect(describeOutcome(consent, false, 'allowance_missing')).toMatchObject({ code: 'allowance_missing' });
  });
});

describe('asking again', () => {
  const front = { failureCount: 0, hasSocket: false, isInFront: true, random: 0.5 };

  it('is quick while a customer waits, slower where something else would tell', () => {
    const delays = [
      askDelayMs(front),
      askDelayMs({ ...front, hasSocket: true }),
      askDelayMs({ ...front, isInFront: false }),
    ];
    expect(delays[0]).toBe(2000);
    expect(delays).toEqual([...delays].sort((left, right) => left - right));
  });

  it('backs off, with a spread, up to a bound', () => {
    const delays = [1, 2, 3, 4, 5, 9].map((failureCount) => askDelayMs({ ...front, failureCount }));
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000]);
    expect(askDelayMs({ ...front, failureCount: 9, random: 0 })).toBe(15_000);
    expect(askDelayMs({ ...front, failureCount: 9, random: 1 })).toBe(25_000);
  });
});
