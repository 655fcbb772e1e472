import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../edge/ledger/accounts.ts';
import {
  decideTransfer,
  effectOf,
  type TransferFacts,
  type TransferKind,
} from '../../../../edge/ledger/journal/decide-transfer.ts';

const empty = { debitsPending: 0, debitsPosted: 0, creditsPending: 0, creditsPosted: 0, lastSequence: 0 };
const customer: Account = { ...empty, serial: 100_000_001, kind: 'customer', status: 'open', creditsPosted: 1_000 };
const merchant: Account = { ...empty, serial: 1_000, kind: 'merchant', status: 'open' };
const issuance: Account = { ...empty, serial: 1, kind: 'issuance', status: 'open' };

const sale: TransferFacts = { kind: 'payment', debit: customer, credit: merchant, amountMinor: 1_000 };
const topUp: TransferFacts = { kind: 'top-up', debit: issuance, credit: customer, amountMinor: 1 };

describe('a transfer', () => {
  it.each<[string, Partial<TransferFacts>, ReturnType<typeof decideTransfer>]>([
    ['of all that is available is made', {}, undefined],
    ['of one more is refused', { amountMinor: 1_001 }, 'insufficient_balance'],
    ['of what is held for another is refused', { debit: { ...customer, debitsPending: 1 } }, 'insufficient_balance'],
    ['from an unknown account is refused', { debit: undefined }, 'account_unknown'],
    ['to an unknown account is refused', { credit: undefined }, 'account_unknown'],
    ['from an account to itself is refused', { credit: customer }, 'account_unknown'],
    ['from a frozen account is refused', { debit: { ...customer, status: 'frozen' } }, 'account_frozen'],
    ['from a closed account is refused', { debit: { ...customer, status: 'closed' } }, 'account_frozen'],
    ['to a frozen account is made', { credit: { ...merchant, status: 'frozen' } }, undefined],
    ['to a closed account is refused', { credit: { ...merchant, status: 'closed' } }, 'account_frozen'],
    ['of nothing is refused', { amountMinor: 0 }, 'amount_out_of_bounds'],
    ['of less than nothing is refused', { amountMinor: -1 }, 'amount_out_of_bounds'],
    ['of a fraction is refused', { amountMinor: 0.5 }, 'amount_out_of_bounds'],
    ['of no number is refused', { amountMinor: Number.NaN }, 'amount_out_of_bounds'],
    ['past the bound is refused', { amountMinor: 100_000_001 }, 'amount_out_of_bounds'],
    [
      'that would make a sum inexact is refused',
      { credit: { ...merchant, creditsPosted: Number.MAX_SAFE_INTEGER } },
      'amount_out_of_bounds',
    ],
    ['names the account before the amount', { debit: undefined, amountMinor: 0 }, 'account_unknown'],
    [
      'names the freeze before the balance',
      { debit: { ...customer, status: 'frozen' }, amountMinor: 5_000 },
      'account_frozen',
    ],
  ])('%s', (_, changes, expected) => {
    expect(decideTransfer({ ...sale, ...changes })).toBe(expected);
  });

  it.each<[string, Partial<TransferFacts>, ReturnType<typeof decideTransfer>]>([
    ['goes to a customer', {}, undefined],
    ['goes to a frozen customer', { credit: { ...customer, status: 'frozen' } }, undefined],
    ['does not go to a merchant', { credit: merchant }, 'account_unknown'],
  ])('that tops up %s', (_, changes, expected) => {
    expect(decideTransfer({ ...topUp, ...changes })).toBe(expected);
  });

  it.each<TransferKind>(['post', 'void'])('that is a %s ends a hold whatever became of the account', (kind) => {
    const debit: Account = { ...customer, status: 'frozen', debitsPending: 1_000 };
    expect(decideTransfer({ kind, debit, credit: merchant, amountMinor: 1_000 })).toBeUndefined();
  });
});

describe('the effect of a transfer', () => {
  it.each<[TransferKind, number, number, { pendingMinor: number; postedMinor: number }]>([
    ['payment', 300, 0, { pendingMinor: 0, postedMinor: 300 }],
    ['top-up', 300, 0, { pendingMinor: 0, postedMinor: 300 }],
    ['adjustment', 300, 0, { pendingMinor: 0, postedMinor: 300 }],
    ['hold', 300, 0, { pendingMinor: 300, postedMinor: 0 }],
    ['post', 200, 300, { pendingMinor: -300, postedMinor: 200 }],
    ['void', 300, 300, { pendingMinor: -300, postedMinor: 0 }],
  ])('that is a %s of %i (of %i held)', (kind, amountMinor, heldMinor, effect) => {
    expect(effectOf(kind, amountMinor, heldMinor)).toEqual(effect);
  });
});
