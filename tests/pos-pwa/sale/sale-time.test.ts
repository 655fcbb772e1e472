import { expect, it } from 'vitest';
import { type SaleState, timeOf } from '../../../pos-pwa/sale/sale.ts';

it('one payment has one time: when it was paid, and while it is not, when it was asked for', () => {
  const paid = { status: 'paid', receipt: { decidedAtMs: 5000 } } as SaleState;
  expect(timeOf({ requestedAtMs: 1000, state: paid })).toBe(5000);
  expect(timeOf({ requestedAtMs: 1000, state: { ...paid, paidAtMs: 2000 } as SaleState })).toBe(2000);
  expect(timeOf({ requestedAtMs: 1000, state: { status: 'accepted', acceptedAtMs: 2000 } as SaleState })).toBe(2000);
  expect(timeOf({ requestedAtMs: 1000, state: { status: 'waiting' } })).toBe(1000);
  expect(timeOf({ requestedAtMs: 1000, state: { status: 'not-paid', code: 'request_expired' } })).toBe(1000);
});
