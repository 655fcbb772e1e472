import { expect, it } from 'vitest';
import { paidBeforeMs } from '../../../../shared/protocol/payment/paid-at.ts';

it('a payment that was booked after its request had ended was paid when its consent says', () => {
  const consent = { consentedAtMs: 10_000, expiresAtMs: 120_000 };
  expect(paidBeforeMs({ ...consent, decidedAtMs: 120_001 })).toBe(10_000);
  expect(paidBeforeMs({ ...consent, decidedAtMs: 120_000 })).toBeUndefined();
});
