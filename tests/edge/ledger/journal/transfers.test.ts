import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../../shared/protocol/amount.ts';
import type { AccountNumber } from '../../../../shared/protocol/identifiers.ts';
import { unwrap } from '../../../support/devices.ts';
import { type CustomerWallet, openTestBooks, type TestBooks, topUp, WELCOME_MINOR } from '../open-test-books.ts';

let books: TestBooks;
let customer: CustomerWallet;

beforeEach(async () => {
  books = await openTestBooks();
  customer = await books.openWallet();
});

afterEach(async () => {
  expect(await books.ledger.checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

async function card() {
  const [view] = await books.ledger.accountViews([customer.accountNumber]);
  return { balance: view!.balanceMinor, held: view!.heldMinor, available: view!.availableMinor };
}

function holdFor(amountMinor: number, reference = crypto.randomUUID()) {
  const command = { debit: customer.accountNumber, credit: books.merchantAccount, reference };
  return books.ledger.hold({ ...command, amountMinor: amountMinor as AmountMinor });
}

describe('a top-up', () => {
  it('under the same reference is made once and answered alike', async () => {
    const command = { accountNumber: customer.accountNumber, amountMinor: 700 as AmountMinor, reference: 'cash-0001' };
    const first = await books.ledger.topUp(command);
    expect(await books.ledger.topUp(command)).toEqual(first);
    expect(await card()).toEqual({ balance: WELCOME_MINOR + 700, held: 0, available: WELCOME_MINOR + 700 });
  });

  it('is made once when the same comes many times at once', async () => {
    const command = { accountNumber: customer.accountNumber, amountMinor: 700 as AmountMinor, reference: 'cash-0002' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => books.ledger.topUp(command)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await card()).balance).toBe(WELCOME_MINOR + 700);
  });

  it('of another amount under a used reference is refused', async () => {
    const command = { accountNumber: customer.accountNumber, amountMinor: 700 as AmountMinor, reference: 'cash-0003' };
    unwrap(await books.ledger.topUp(command));
    const other = await books.ledger.topUp({ ...command, amountMinor: 701 as AmountMinor });
    expect(other).toMatchObject({ ok: false, code: 'already_exists' });
  });

  it.each([
    ['an account of nobody', () => `${books.participant}9999999990` as AccountNumber],
    ['an account of another participant', () => '9999991000000011' as AccountNumber],
    ['a merchant', () => books.merchantAccount],
  ])('of %s is refused', async (_, accountNumber) => {
    const call = { accountNumber: accountNumber(), amountMinor: 700 as AmountMinor, reference: 'cash-0004' };
    expect(await books.ledger.topUp(call)).toMatchObject({ ok: false, code: 'account_unknown' });
  });

  it('of a frozen account is booked: money that came in is owed', async () => {
    const { accountNumber } = customer;
    unwrap(await books.ledger.setAccountStatus({ accountNumber, status: 'frozen', reason: 'test', by: 'Ada' }));
    await topUp(books, customer, 100);
    expect((await card()).balance).toBe(WELCOME_MINOR + 100);
  });
});

describe('a hold', () => {
  it('sets money aside, and its post moves it', async () => {
    const { sequence } = unwrap(await holdFor(2_000));
    expect(await card()).toEqual({ balance: WELCOME_MINOR, held: 2_000, available: WELCOME_MINOR - 2_000 });
    const posted = await books.ledger.post(sequence);
    expect(await books.ledger.post(sequence)).toEqual(posted);
    expect(await card()).toEqual({ balance: WELCOME_MINOR - 2_000, held: 0, available: WELCOME_MINOR - 2_000 });
  });

  it('posted in part gives the rest back', async () => {
    const { sequence } = unwrap(await holdFor(2_000));
    unwrap(await books.ledger.post(sequence, 500));
    expect(await card()).toEqual({ balance: WELCOME_MINOR - 500, held: 0, available: WELCOME_MINOR - 500 });
  });

  it('voided gives all back', async () => {
    const { sequence } = unwrap(await holdFor(2_000));
    const voided = await books.ledger.void(sequence);
    expect(await books.ledger.void(sequence)).toEqual(voided);
    expect(await card()).toEqual({ balance: WELCOME_MINOR, held: 0, available: WELCOME_MINOR });
  });

  it('ends once: neither post after void nor void after post', async () => {
    const first = unwrap(await holdFor(100)).sequence;
    const second = unwrap(await holdFor(100)).sequence;
    unwrap(await books.ledger.post(first));
    unwrap(await books.ledger.void(second));
    expect(await books.ledger.void(first)).toMatchObject({ ok: false, code: 'already_exists' });
    expect(await books.ledger.post(second)).toMatchObject({ ok: false, code: 'already_exists' });
    expect(await books.ledger.post(first, 50)).toMatchObject({ ok: false, code: 'already_exists' });
  });

  it('cannot be posted above what was held', async () => {
    const { sequence } = unwrap(await holdFor(100));
    expect(await books.ledger.post(sequence, 101)).toMatchObject({ ok: false, code: 'amount_out_of_bounds' });
    unwrap(await books.ledger.void(sequence));
  });

  it('of more than is available is refused, and what is held twice is not', async () => {
    unwrap(await holdFor(3_000, 'hold-0001'));
    expect(await holdFor(2_001)).toMatchObject({ ok: false, code: 'insufficient_balance' });
    unwrap(await holdFor(3_000, 'hold-0001'));
    expect((await card()).held).toBe(3_000);
  });

  it('that never was cannot be ended', async () => {
    expect(await books.ledger.post(1)).toMatchObject({ ok: false, code: 'not_found' });
    expect(await books.ledger.void(999_999)).toMatchObject({ ok: false, code: 'not_found' });
  });
});

describe('the journal', () => {
  it.each(['UPDATE journal SET amount_minor = amount_minor + 1', 'DELETE FROM journal'])(
    'refuses %s',
    async (statement) => {
      await runInDurableObject(books.ledger, (_, { storage }) => {
        expect(() => storage.sql.exec(statement)).toThrow(/append-only/);
      });
    },
  );
});
