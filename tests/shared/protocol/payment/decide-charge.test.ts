import { describe, expect, it } from 'vitest';
import {
  CHARGE_DELAY_MS_MAX,
  type ChargeEvent,
  decideCharge,
} from '../../../../shared/protocol/payment/decide-charge.ts';
import type { PaymentState } from '../../../../shared/protocol/payment/lifecycle.ts';

const hash = (fill: number, length = 32) => new Uint8Array(length).fill(fill);
const REQUEST = hash(1);
const NOW_MS = 1_000_000;

const WAITING: PaymentState = {
  status: 'waiting',
  requestHash: REQUEST,
  amountMinor: 900,
  expiresAtMs: NOW_MS,
};

const EVENT: ChargeEvent = {
  requestHash: REQUEST,
  amountMinor: 900,
  payCode: { status: 'unseen' },
  isPairSpent: false,
  chargedAtMs: NOW_MS,
  payCodeExpiresAtMs: NOW_MS,
  capMinor: 900,
  stepUpMinor: 900,
  isWalletListening: false,
  isAccountSlowed: false,
  merchant: 'open',
  terminal: 'open',
  account: 'open',
  availableMinor: 900,
  isSameCurrency: true,
};

const CHARGED_HERE = { status: 'charged', requestHash: REQUEST } as const;
const CHARGED_ELSEWHERE = { ...CHARGED_HERE, requestHash: hash(9) };

describe('a charge', () => {
  it('pays up to the cap, the step-up amount and the balance, until the request runs out', () => {
    expect(decideCharge(WAITING, EVENT, NOW_MS)).toEqual({ kind: 'pay' });
  });

  it.each<[string, Partial<ChargeEvent>]>([
    ['the cap', { capMinor: 899 }],
    ['the step-up amount', { stepUpMinor: 899 }],
    ['both', { capMinor: 1, stepUpMinor: 1 }],
  ])('above %s asks the phone that listens', (_words, changes) => {
    expect(decideCharge(WAITING, { ...EVENT, ...changes, isWalletListening: true }, NOW_MS)).toEqual({ kind: 'ask' });
  });

  it('asks whatever the balance is: nobody consented to an amount that would be held against it', () => {
    const event = { ...EVENT, capMinor: 1, isWalletListening: true, availableMinor: 0 };
    expect(decideCharge(WAITING, event, NOW_MS)).toEqual({ kind: 'ask' });
  });

  it('lands a little after the pay code’s end, and later than the till says', () => {
    for (const changes of [{ payCodeExpiresAtMs: NOW_MS - 5_000 }, { chargedAtMs: NOW_MS - CHARGE_DELAY_MS_MAX }])
      expect(decideCharge(WAITING, { ...EVENT, ...changes }, NOW_MS)).toEqual({ kind: 'pay' });
  });

  it.each<[string, PaymentState]>([
    ['waits', WAITING],
    ['is paid', { status: 'paid', requestHash: REQUEST, authorisationHash: hash(7) }],
    ['was cancelled', { status: 'cancelled', requestHash: REQUEST }],
  ])('of the same pay code to the same request is a repetition, where that %s', (_words, state) => {
    const event = { ...EVENT, payCode: CHARGED_HERE, isPairSpent: true, isAccountSlowed: true };
    expect(decideCharge(state, event, NOW_MS + 1)).toEqual({ kind: 'repeat' });
  });

  it.each<[string, PaymentState, Partial<ChargeEvent>]>([
    ['request_unknown', { status: 'none' }, {}],
    ['request_mismatch', { ...WAITING, requestHash: hash(3) }, {}],
    ['already_paid', { status: 'paid', requestHash: REQUEST, authorisationHash: hash(7) }, {}],
    ['request_cancelled', { status: 'cancelled', requestHash: REQUEST }, {}],
    ['request_expired', { ...WAITING, expiresAtMs: NOW_MS - 1 }, { isAccountSlowed: true }],
    ['account_slowed', WAITING, { isAccountSlowed: true, payCode: { status: 'cancelled' } }],
    ['pay_code_cancelled', WAITING, { payCode: { status: 'cancelled' }, capMinor: 1 }],
    ['twin_code_spent', WAITING, { payCode: CHARGED_ELSEWHERE, isPairSpent: true }],
    ['twin_code_spent', WAITING, { isPairSpent: true }],
    ['pay_code_used', WAITING, { payCode: CHARGED_ELSEWHERE }],
    ['pay_code_cancelled', WAITING, { payCode: { status: 'cancelled' }, payCodeExpiresAtMs: 0, chargedAtMs: 0 }],
    ['pay_code_expired', WAITING, { payCodeExpiresAtMs: NOW_MS - 5_001, chargedAtMs: 0 }],
    ['clock_off', WAITING, { chargedAtMs: NOW_MS - CHARGE_DELAY_MS_MAX - 1, merchant: 'closed' }],
    ['clock_off', WAITING, { chargedAtMs: NOW_MS + CHARGE_DELAY_MS_MAX + 1 }],
    ['merchant_closed', WAITING, { merchant: 'closed', terminal: 'closed' }],
    ['terminal_closed', WAITING, { terminal: 'closed', account: 'unknown' }],
    ['amount_mismatch', WAITING, { amountMinor: 901 }],
    ['account_unknown', WAITING, { account: 'unknown', isSameCurrency: false }],
    ['account_frozen', WAITING, { account: 'frozen', isSameCurrency: false }],
    ['currency_mismatch', WAITING, { isSameCurrency: false, capMinor: 1 }],
    ['pay_code_cap_exceeded', WAITING, { capMinor: 899, stepUpMinor: 899, availableMinor: 0 }],
    ['step_up_unreachable', WAITING, { stepUpMinor: 899, availableMinor: 0 }],
    ['insufficient_balance', WAITING, { availableMinor: 899 }],
  ])('is refused as %s', (code, state, changes) => {
    expect(decideCharge(state, { ...EVENT, ...changes }, NOW_MS)).toEqual({ kind: 'refuse', code });
  });
});
