import { runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SubmitCommand } from '../../../../edge/ledger/commands.ts';
import { type TestPayCode, type TestTerminal, unwrap } from '../../../support/devices.ts';
import {
  type CustomerWallet,
  createCharge,
  createConsent,
  createSubmission,
  openTestBooks,
  type TestBooks,
} from '../open-test-books.ts';

let books: TestBooks;
let terminal: TestTerminal;
let customer: CustomerWallet;
let payCode: TestPayCode;
let submission: SubmitCommand;

/** One payment by pay code, and one refused try. */
beforeEach(async () => {
  books = await openTestBooks();
  terminal = await books.openTerminal();
  customer = await books.openWallet();
  payCode = await customer.wallet.createPayCode(500, Date.now());
  submission = await createSubmission(terminal, 450);
  unwrap(await books.ledger.chargePayCode(await createCharge(customer, terminal, submission, payCode)));
  const second = await createSubmission(terminal, 450);
  await books.ledger.chargePayCode(await createCharge(customer, terminal, second, payCode));
});

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
  return (await books.ledger.checkBooks())!.faults.join('\n');
}

describe('a payment by pay code', () => {
  it('is proven by its documents alone', async () => {
    expect(await books.ledger.checkBooks()).toMatchObject({ isWhole: true, faults: [], verifiedPayments: 1 });
    const evidence = await books.ledger.evidence(submission.request.traceKey);
    expect(Object.keys(evidence!).sort()).toEqual([
      'assertion',
      'capture',
      'request',
      'showing',
      'terminalCertificate',
      'walletCertificate',
    ]);
  });

  it('cannot be paid again by an authorisation, nor by another pay code', async () => {
    const consent = await books.ledger.authorise(await createConsent(customer, submission));
    expect(consent).toMatchObject({ ok: false, code: 'already_paid' });
    const other = await customer.wallet.createPayCode(500, Date.now());
    const charged = await books.ledger.chargePayCode(await createCharge(customer, terminal, submission, other));
    expect(charged).toMatchObject({ ok: false, code: 'already_paid' });
  });

  it('is the same payment, scanned once more in another showing', async () => {
    const first = await books.ledger.payment(submission.request.traceKey);
    const again = unwrap(await books.ledger.chargePayCode(await createCharge(customer, terminal, submission, payCode)));
    expect(again.receipt).toBe(first!.receipt);
  });

  it('is never changed', async () => {
    for (const statement of ['UPDATE pay_codes SET account = 7', 'DELETE FROM pay_codes']) {
      await runInDurableObject(books.ledger, (_, { storage }) => {
        expect(() => storage.sql.exec(statement)).toThrow(/append-only/);
      });
    }
  });
});

describe('the check of the books', () => {
  it.each<[string, string, RegExp]>([
    ['a pay code that was taken out', 'DELETE FROM pay_codes', /chain is broken/],
    ['a time that was changed', 'UPDATE pay_codes SET charged_at_ms = charged_at_ms + 1', /account and certificate/],
    ['another account', 'UPDATE pay_codes SET account = account + 1', /account and certificate/],
    ['a rule that was made stricter after', 'UPDATE pay_codes SET step_up_minor = 449', /does not cover/],
    ['a window that was made shorter after', 'UPDATE pay_codes SET window_ms = 249', /not scanned when/],
    ['a payment made a question', `UPDATE pay_codes SET outcome = 'asked'`, /chain is broken/],
    [
      'a passkey’s signature that was changed',
      'UPDATE payments SET assertion = zeroblob(108)',
      /passkey did not sign|account and certificate/,
    ],
    [
      'a pay code that was taken back before',
      `INSERT INTO pay_code_cancellations SELECT hash, account, 1, content FROM pay_codes`,
      /took back paid nothing/,
    ],
    ['a try of another pay code', 'UPDATE attempts SET pay_code = zeroblob(32)', /chain is broken/],
  ])('finds %s', async (_words, statement, fault) => {
    await tamper(statement);
    expect(await faults()).toMatch(fault);
  });

  it.each([
    ['content', /chain is broken/],
    ['showing', /showing is not signed/],
    ['assertion', /account and certificate/],
    ['capture', /capture is not signed/],
  ])('finds one byte turned in the %s', async (column, fault) => {
    await tamper();
    await runInDurableObject(books.ledger, (_, { storage: { sql } }) => {
      const row = sql.exec<{ bytes: ArrayBuffer }>(`SELECT ${column} AS bytes FROM pay_codes`).one();
      const bytes = new Uint8Array(row.bytes);
      bytes[bytes.length - 1]! ^= 1;
      sql.exec(`UPDATE pay_codes SET ${column} = ?`, bytes);
    });
    expect(await faults()).toMatch(fault);
  });
});
