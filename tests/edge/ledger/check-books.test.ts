import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { TestTerminal } from '../../support/devices.ts';
import { unwrap } from '../../support/devices.ts';
import {
  type CustomerWallet,
  createCancelling,
  createConsent,
  createSubmission,
  openTestBooks,
  type TestBooks,
  topUp,
  WELCOME_MINOR,
} from './open-test-books.ts';

let books: TestBooks;
let terminal: TestTerminal;
let customer: CustomerWallet;

/** One of everything: a payment, a refusal, one that proves no request, a cancellation, a top-up, a hold, a freeze. */
beforeEach(async () => {
  books = await openTestBooks();
  terminal = await books.openTerminal();
  customer = await books.openWallet();
  const paid = await submit(450);
  unwrap(await books.ledger.authorise(await createConsent(customer, paid)));
  await books.ledger.authorise(await createConsent(customer, await submit(90_000)));
  const cancelled = await submit(10);
  unwrap(await books.ledger.cancelRequest(await createCancelling(terminal, cancelled.request)));
  const { terminalCertificate } = cancelled;
  const documentHash = new Uint8Array(32).fill(7);
  const unproven = { kind: 'submission', terminalCertificate, documentHash, code: 'signature_invalid' } as const;
  await books.ledger.recordUnprovenAttempt(unproven);
  await topUp(books, customer, 700);
  const { accountNumber } = customer;
  const hold = { debit: accountNumber, credit: books.merchantAccount, amountMinor: 30 as AmountMinor };
  unwrap(await books.ledger.hold({ ...hold, reference: 'hold-0001' }));
  unwrap(await books.ledger.setAccountStatus({ accountNumber, status: 'frozen', reason: 'test', by: 'Ada' }));
});

async function submit(amountMinor: number) {
  const submission = await createSubmission(terminal, amountMinor);
  unwrap(await books.ledger.submitRequest(submission));
  return submission;
}

/** Changes the tables behind the ledger's back, past the triggers. */
async function tamper(...statements: string[]): Promise<void> {
  await runInDurableObject(books.ledger, (_, { storage }) => {
    const triggers = storage.sql
      .exec<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
      .toArray();
    for (const { name } of triggers) storage.sql.exec(`DROP TRIGGER ${name}`);
    for (const statement of statements) storage.sql.exec(statement);
  });
}

async function faults(): Promise<string> {
  const check = await books.ledger.checkBooks();
  return check!.faults.join('\n');
}

describe('the check of the books', () => {
  it('finds nothing in books that nobody touched', async () => {
    expect(await books.ledger.checkBooks()).toMatchObject({ isWhole: true, faults: [], verifiedPayments: 1 });
  });

  const PAYMENT = '(SELECT sequence FROM journal WHERE kind = 1)';
  it.each<[string, string[], RegExp]>([
    [
      'a balance that was raised',
      ['UPDATE accounts SET credits_posted = credits_posted + 1 WHERE serial > 99999999'],
      /its entries give/,
    ],
    [
      'an amount that was changed in the journal',
      [`UPDATE journal SET amount_minor = 451 WHERE sequence = ${PAYMENT}`],
      /chain is broken/,
    ],
    [
      'a time that was changed',
      [`UPDATE journal SET at_ms = at_ms + 1 WHERE sequence = ${PAYMENT}`],
      /chain is broken/,
    ],
    ['a payment that was taken out', ['DELETE FROM payments'], /an entry of a payment has the payment/],
    [
      'an amount that was changed in the request',
      ['UPDATE requests SET amount_minor = 451 WHERE id = 1'],
      /another hash|amount that go with it/,
    ],
    ['a cashier that was changed', [`UPDATE requests SET operator_no = '02' WHERE id = 1`], /another hash/],
    [
      'a signature that was changed',
      ['UPDATE requests SET signature = zeroblob(64) WHERE id = 1'],
      /not signed by its terminal/,
    ],
    [
      'a consent that was changed',
      ['UPDATE payments SET authorised_at_ms = authorised_at_ms + 1'],
      /not signed by its phone/,
    ],
    [
      'a passkey’s signature that was changed',
      ['UPDATE payments SET assertion = zeroblob(108)'],
      /passkey did not sign/,
    ],
    ['a refusal that was taken out', ['DELETE FROM attempts'], /an entry of a refusal has its attempt/],
    ['a reason that was changed', [`UPDATE attempts SET code = 'account_frozen'`], /chain is broken/],
    [
      'an attempt without a request that was taken out',
      ['DELETE FROM unproven_attempts'],
      /an entry of a refusal has its attempt/,
    ],
    ['its reason that was changed', [`UPDATE unproven_attempts SET code = 'clock_off'`], /chain is broken/],
    ['its hash that was changed', ['UPDATE unproven_attempts SET document_hash = zeroblob(32)'], /chain is broken/],
    ['its terminal that was changed', [`UPDATE unproven_attempts SET terminal_id = 'AAAA2222'`], /chain is broken/],
    [
      'a trace key that was put to it',
      ['UPDATE unproven_attempts SET batch_no = 1, voucher_no = 1'],
      /chain is broken/,
    ],
    [
      'an attempt without a request that was put in',
      ['UPDATE unproven_attempts SET sequence = (SELECT max(sequence) FROM journal WHERE kind = 2)'],
      /a refused attempt has its entry/,
    ],
    ['a cancellation that was taken out', ['DELETE FROM cancellations'], /an entry of a cancellation/],
    [
      'the name of a top-up that was changed',
      [`UPDATE transfer_references SET reference = 'hold-0002' WHERE reference = 'hold-0001'`],
      /chain is broken/,
    ],
    ['who froze an account', [`UPDATE account_statuses SET changed_by = 'Bob'`], /chain is broken/],
    ['an entry that was taken out', [`DELETE FROM journal WHERE sequence = ${PAYMENT}`], /chain is broken/],
    ['certificates that were taken out', ['DELETE FROM certificates WHERE id = 1'], /certificates are there/],
    [
      'money from nowhere',
      [`UPDATE accounts SET debits_posted = debits_posted - 1 WHERE serial = 1`],
      /Debits do not equal credits/,
    ],
  ])('finds %s', async (_, statements, fault) => {
    await tamper(...statements);
    expect(await faults()).toMatch(fault);
  });

  it('goes on from its checkpoint and finds what was changed there since', async () => {
    const before = (await books.ledger.trialBalance())!;
    expect(before.checkedEntries).toBe(before.entries);
    await tamper('UPDATE journal SET hash = zeroblob(32) WHERE sequence = (SELECT max(sequence) FROM journal)');
    await topUp(books, customer, 1);
    expect((await books.ledger.trialBalance())!.faults.join()).toMatch(/chain of the journal is broken/);
  });
});

describe('the trial balance', () => {
  it('says that there is none in books that were just opened', async () => {
    const balance = (await (await openTestBooks()).ledger.trialBalance())!;
    expect(Object.is(balance.moneyInMinor, 0)).toBe(true);
  });

  it('says where all the money is', async () => {
    expect(await books.ledger.trialBalance()).toMatchObject({
      moneyInMinor: WELCOME_MINOR + 700,
      availableMinor: WELCOME_MINOR + 700 - 450 - 30,
      heldMinor: 30,
      owedToMerchantsMinor: 450,
      guaranteeMinor: 0,
      debitsMinor: WELCOME_MINOR + 700 + 450,
      creditsMinor: WELCOME_MINOR + 700 + 450,
      faults: [],
    });
  });
});

describe('books that contradict themselves', () => {
  beforeEach(async () => {
    unwrap(
      await books.ledger.setAccountStatus({
        accountNumber: customer.accountNumber,
        status: 'open',
        reason: 'ok',
        by: 'Ada',
      }),
    );
  });

  it('take no posting any more, and still answer', async () => {
    const waiting = await submit(20);
    const consent = await createConsent(customer, waiting);
    // A merchant that a waiting request is for, and that is not there: no decision can lead to this.
    await tamper('UPDATE requests SET merchant_account = 77 WHERE id = (SELECT max(id) FROM requests)');
    expect(await books.ledger.authorise(consent)).toMatchObject({ ok: false, code: 'ledger_halted' });
    const late = await createSubmission(terminal, 20);
    expect(await books.ledger.submitRequest(late)).toMatchObject({ ok: false, code: 'ledger_halted' });
    const top = { accountNumber: customer.accountNumber, amountMinor: 5 as AmountMinor, reference: 'cash-0009' };
    expect(await books.ledger.topUp(top)).toMatchObject({ ok: false, code: 'ledger_halted' });
    expect(await books.ledger.payment(waiting.request.traceKey)).toMatchObject({ status: 'waiting' });
    expect((await books.ledger.trialBalance())!.faults.join()).toMatch(/Postings stopped/);
  });

  it('stay halted when the object starts again', async () => {
    await runInDurableObject(books.ledger, (_, { storage }) => {
      storage.sql.exec(`INSERT INTO halts (at_ms, reason) VALUES (1, 'test')`);
    });
    // A stub that is held keeps the object awake.
    books.registry[Symbol.dispose]();
    await evictDurableObject(books.ledger);
    const submission = await createSubmission(terminal, 20);
    expect(await books.ledger.submitRequest(submission)).toMatchObject({ ok: false, code: 'ledger_halted' });
  });
});
