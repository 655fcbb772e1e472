import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { CurrencyCode } from '../../../shared/protocol/currency.ts';
import type {
  AccountNumber,
  MerchantNo,
  OperatorNo,
  TerminalId,
  TraceKey,
} from '../../../shared/protocol/identifiers.ts';
import type { IntentState, PaymentIntent } from '../../../wallet-pwa/payment/payment-intent.ts';

/** A payment of 12.50 that may be confirmed from second 0 to second 120. */
export function sampleIntent(state: IntentState, id = 'aa'): PaymentIntent {
  return {
    id,
    facts: {
      traceKey: 'TERM0001-000001-000007' as TraceKey,
      merchantNo: 'MERCHANT0000001' as MerchantNo,
      terminalId: 'TERM0001' as TerminalId,
      operatorNo: '01' as OperatorNo,
      shopName: 'Corner Café',
      amountMinor: 1250 as AmountMinor,
      currency: { code: 'EUR' as CurrencyCode, exponent: 2 },
      requestHash: new Uint8Array(32).fill(1),
      expiresAtMs: 120_000,
    },
    documents: {
      request: Uint8Array.of(1),
      terminalCertificate: Uint8Array.of(2),
      walletCertificate: Uint8Array.of(3),
      authorisation: Uint8Array.of(4),
    },
    authorisationHash: new Uint8Array(32).fill(2),
    authorisedAtMs: 10_000,
    accountNumber: '1000010000000012' as AccountNumber,
    state,
  };
}

export const STATES = {
  prepared: { status: 'prepared' },
  signed: { status: 'signed', assertion: Uint8Array.of(9), signedAtMs: 20_000 },
  paid: { status: 'paid', receipt: Uint8Array.of(7, 7), decidedAtMs: 30_000, sequence: 41 },
  refused: { status: 'refused', code: 'insufficient_balance', refusedAtMs: 30_000 },
  dropped: { status: 'dropped', droppedAtMs: 30_000 },
} as const satisfies Record<string, IntentState>;
