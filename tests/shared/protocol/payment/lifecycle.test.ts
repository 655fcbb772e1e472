import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuthoriseEvent,
  decidePayment,
  type PaymentEvent,
  type PaymentState,
  type SubmitEvent,
} from '../../../../shared/protocol/payment/lifecycle.ts';

const hashA = new Uint8Array(32).fill(1);
const hashB = new Uint8Array(32).fill(2);
const consentA = new Uint8Array(32).fill(3);
const consentB = new Uint8Array(32).fill(4);

const none: PaymentState = { status: 'none' };
const waiting: PaymentState = { status: 'waiting', requestHash: hashA, amountMinor: 1250, expiresAtMs: 1000 };
const cancelled: PaymentState = { status: 'cancelled', requestHash: hashA };
const paid: PaymentState = { status: 'paid', requestHash: hashA, authorisationHash: consentA };

const submit: SubmitEvent = {
  kind: 'submit',
  requestHash: hashA,
  amountMinor: 1250,
  expiresAtMs: 1000,
  isSale: true,
  merchant: 'open',
  terminal: 'open',
  operator: 'open',
  amountMinorMax: 1250,
};
const authorise: AuthoriseEvent = {
  kind: 'authorise',
  requestHash: hashA,
  authorisationHash: consentA,
  amountMinor: 1250,
  merchant: 'open',
  terminal: 'open',
  account: 'open',
  availableMinor: 1250,
  isSameCurrency: true,
};

interface Row {
  readonly rule: string;
  readonly state: PaymentState;
  readonly event: PaymentEvent;
  readonly nowMs?: number;
  readonly becomes: string;
}

const TABLE: readonly Row[] = [
  { rule: 'accepts a lawful request', state: none, event: submit, becomes: 'waiting' },
  { rule: 'repeats for the same request', state: waiting, event: submit, becomes: 'repeat' },
  { rule: 'repeats for the same request once paid', state: paid, event: submit, becomes: 'repeat' },
  {
    rule: 'refuses other content under the same trace key',
    state: waiting,
    event: { ...submit, requestHash: hashB },
    becomes: 'voucher_reused',
  },
  {
    rule: 'refuses an unknown merchant',
    state: none,
    event: { ...submit, merchant: 'unknown' },
    becomes: 'merchant_unknown',
  },
  {
    rule: 'refuses a closed merchant',
    state: none,
    event: { ...submit, merchant: 'closed' },
    becomes: 'merchant_closed',
  },
  {
    rule: 'refuses an unknown terminal',
    state: none,
    event: { ...submit, terminal: 'unknown' },
    becomes: 'terminal_unknown',
  },
  {
    rule: 'refuses a closed terminal',
    state: none,
    event: { ...submit, terminal: 'closed' },
    becomes: 'terminal_closed',
  },
  {
    rule: 'refuses an unknown operator',
    state: none,
    event: { ...submit, operator: 'unknown' },
    becomes: 'operator_unknown',
  },
  {
    rule: 'refuses what is no sale',
    state: none,
    event: { ...submit, isSale: false },
    becomes: 'trans_type_unsupported',
  },
  { rule: 'accepts the largest amount', state: none, event: submit, becomes: 'waiting' },
  {
    rule: 'refuses one unit above the largest amount',
    state: none,
    event: { ...submit, amountMinor: 1251 },
    becomes: 'amount_out_of_bounds',
  },
  { rule: 'accepts in the last millisecond', state: none, event: submit, nowMs: 1000, becomes: 'waiting' },
  { rule: 'refuses a millisecond later', state: none, event: submit, nowMs: 1001, becomes: 'request_expired' },

  { rule: 'pays a waiting request', state: waiting, event: authorise, becomes: 'paid' },
  { rule: 'pays in the last millisecond', state: waiting, event: authorise, nowMs: 1000, becomes: 'paid' },
  {
    rule: 'does not pay a millisecond later',
    state: waiting,
    event: authorise,
    nowMs: 1001,
    becomes: 'request_expired',
  },
  { rule: 'does not pay what the till never handed in', state: none, event: authorise, becomes: 'request_unknown' },
  {
    rule: "does not pay a request that differs from the till's",
    state: waiting,
    event: { ...authorise, requestHash: hashB },
    becomes: 'request_mismatch',
  },
  { rule: 'repeats for the same authorisation', state: paid, event: authorise, nowMs: 9999, becomes: 'repeat' },
  {
    rule: 'refuses a second payer',
    state: paid,
    event: { ...authorise, authorisationHash: consentB },
    becomes: 'already_paid',
  },
  { rule: 'does not pay a withdrawn request', state: cancelled, event: authorise, becomes: 'request_cancelled' },
  {
    rule: 'does not pay a shop that was closed since',
    state: waiting,
    event: { ...authorise, merchant: 'closed' },
    becomes: 'merchant_closed',
  },
  {
    rule: 'does not pay what a terminal closed since had asked for',
    state: waiting,
    event: { ...authorise, terminal: 'closed' },
    becomes: 'terminal_closed',
  },
  {
    rule: 'does not pay another amount',
    state: waiting,
    event: { ...authorise, amountMinor: 1249 },
    becomes: 'amount_mismatch',
  },
  {
    rule: 'does not pay from an unknown account',
    state: waiting,
    event: { ...authorise, account: 'unknown' },
    becomes: 'account_unknown',
  },
  {
    rule: 'does not pay from a frozen account',
    state: waiting,
    event: { ...authorise, account: 'frozen' },
    becomes: 'account_frozen',
  },
  {
    rule: 'does not pay in another currency',
    state: waiting,
    event: { ...authorise, isSameCurrency: false },
    becomes: 'currency_mismatch',
  },
  {
    rule: 'does not pay with one unit too little',
    state: waiting,
    event: { ...authorise, availableMinor: 1249 },
    becomes: 'insufficient_balance',
  },

  {
    rule: 'withdraws a waiting request',
    state: waiting,
    event: { kind: 'cancel', requestHash: hashA },
    becomes: 'cancelled',
  },
  { rule: 'withdraws once', state: cancelled, event: { kind: 'cancel', requestHash: hashA }, becomes: 'repeat' },
  {
    rule: 'does not withdraw what is paid',
    state: paid,
    event: { kind: 'cancel', requestHash: hashA },
    becomes: 'already_paid',
  },
  {
    rule: 'does not withdraw another request',
    state: waiting,
    event: { kind: 'cancel', requestHash: hashB },
    becomes: 'request_mismatch',
  },
  {
    rule: 'does not withdraw what it does not know',
    state: none,
    event: { kind: 'cancel', requestHash: hashA },
    becomes: 'request_unknown',
  },
];

function outcome(state: PaymentState, event: PaymentEvent, nowMs: number): string {
  const decision = decidePayment(state, event, nowMs);
  if (decision.kind === 'apply') return decision.next.status;
  return decision.kind === 'repeat' ? 'repeat' : decision.code;
}

describe('the life of a payment', () => {
  it.each(TABLE)('$rule', ({ state, event, nowMs = 500, becomes }) => {
    expect(outcome(state, event, nowMs)).toBe(becomes);
  });

  it('never leaves paid or cancelled, and pays at most once, whatever comes in whatever order', () => {
    const hash = fc.constantFrom(hashA, hashB);
    const event: fc.Arbitrary<PaymentEvent> = fc.oneof(
      hash.map((requestHash) => ({ ...submit, requestHash })),
      fc
        .record({ requestHash: hash, authorisationHash: fc.constantFrom(consentA, consentB) })
        .map((over) => ({ ...authorise, ...over })),
      hash.map((requestHash) => ({ kind: 'cancel' as const, requestHash })),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 2000 })), { maxLength: 40 }), (steps) => {
        let state: PaymentState = none;
        let paidCount = 0;
        for (const [next, nowMs] of steps) {
          const decision = decidePayment(state, next, nowMs);
          if (decision.kind !== 'apply') continue;
          expect(['paid', 'cancelled']).not.toContain(state.status);
          if (decision.next.status === 'paid') paidCount += 1;
          state = decision.next;
        }
        expect(paidCount).toBeLessThanOrEqual(1);
      }),
    );
  });
});
