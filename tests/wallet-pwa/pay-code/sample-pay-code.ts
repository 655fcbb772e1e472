import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { KeptPayCode, PayCodeState } from '../../../wallet-pwa/pay-code/kept-pay-code.ts';

/** A code for up to 25.00, from second 10 to second 70. */
export function samplePayCode(state: PayCodeState, id = 'aa'): KeptPayCode {
  return {
    id,
    hash: new Uint8Array(32).fill(3),
    content: Uint8Array.of(1, 2, 3),
    capMinor: 2_500 as AmountMinor,
    currency: { code: 'EUR' as CurrencyCode, exponent: 2 },
    accountNumber: '1000010000000012' as AccountNumber,
    createdAtMs: 10_000,
    expiresAtMs: 70_000,
    state,
  };
}

export const CODE_STATES = {
  prepared: { status: 'prepared' },
  confirmed: { status: 'confirmed', assertion: Uint8Array.of(9), confirmedAtMs: 12_000 },
  withdrawn: { status: 'withdrawn', withdrawnAtMs: 20_000 },
  paid: {
    status: 'paid',
    receipt: Uint8Array.of(7, 7),
    decidedAtMs: 30_000,
    sequence: 41,
    traceKey: 'TERM0001-000001-000007',
    shopName: 'Corner Café',
    amountMinor: 1_250 as AmountMinor,
  },
  ended: { status: 'ended', endedAtMs: 101_000 },
  dropped: { status: 'dropped', droppedAtMs: 11_000 },
} as const satisfies Record<string, PayCodeState>;
