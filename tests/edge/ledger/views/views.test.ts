import { beforeAll, describe, expect, it } from 'vitest';
import type { AuthoriseCommand, SubmitCommand } from '../../../../edge/ledger/commands.ts';
import type { PaymentFilter } from '../../../../edge/ledger/views/search-payments.ts';
import { decodeBase64url } from '../../../../shared/protocol/bytes.ts';
import { Authorisation } from '../../../../shared/protocol/documents/authorisation.ts';
import { verifyDocument } from '../../../../shared/protocol/documents/document.ts';
import type { MerchantNo, OperatorNo, TraceKey } from '../../../../shared/protocol/identifiers.ts';
import { verifyReceiptOf } from '../../../../shared/protocol/payment/verify-receipt.ts';
import type { TestTerminal } from '../../../support/devices.ts';
import { unwrap } from '../../../support/devices.ts';
import {
  type CustomerWallet,
  createCancelling,
  createConsent,
  createSubmission,
  openTestBooks,
  type TestBooks,
  topUp,
  WELCOME_MINOR,
} from '../open-test-books.ts';

let books: TestBooks;
let till: TestTerminal;
let otherTill: TestTerminal;
let anna: CustomerWallet;
let ben: CustomerWallet;
const submissions: SubmitCommand[] = [];
const consents: AuthoriseCommand[] = [];
const traceKeys: TraceKey[] = [];

/** Two tills, two customers: seven payments of Anna's and Ben's in turn, one waiting, one cancelled, one expired, one refused. */
beforeAll(async () => {
  books = await openTestBooks();
  till = await books.openTerminal();
  otherTill = await books.openTerminal();
  anna = await books.openWallet();
  ben = await books.openWallet();
  for (let index = 0; index < 7; index += 1) {
    const submission = await submit(index % 3 === 0 ? otherTill : till, 100 + index);
    const consent = await createConsent(index % 2 === 0 ? anna : ben, submission);
    consents.push(consent);
    unwrap(await books.ledger.authorise(consent));
  }
  await submit(till, 200);
  const cancelled = await submit(till, 201);
  unwrap(await books.ledger.cancelRequest(await createCancelling(till, cancelled.request)));
  // Handed in in time, however long that takes here.
  const expiring = await submit(till, 202, { nowMs: Date.now() - 56_000, validForSeconds: 60 });
  const tooMuch = await submit(till, 9_999);
  await books.ledger.authorise(await createConsent(ben, tooMuch));
  await new Promise((resolve) => setTimeout(resolve, expiring.request.expiresAtMs + 100 - Date.now()));
});

async function submit(terminal: TestTerminal, amountMinor: number, changes = {}): Promise<SubmitCommand> {
  const submission = await createSubmission(terminal, amountMinor, changes);
  unwrap(await books.ledger.submitRequest(submission));
  submissions.push(submission);
  traceKeys.push(submission.request.traceKey);
  return submission;
}

async function search(filter: Partial<PaymentFilter>) {
  return unwrap(await books.ledger.searchPayments({ limit: 50, ...filter }));
}

const amounts = async (filter: Partial<PaymentFilter>) =>
  (await search(filter)).rows.map(({ amountMinor }) => amountMinor);

describe('a search for payments', () => {
  it('lists every request, newest first', async () => {
    expect(await amounts({})).toEqual([9_999, 202, 201, 200, 106, 105, 104, 103, 102, 101, 100]);
  });

  it.each([
    ['paid', [106, 105, 104, 103, 102, 101, 100]],
    ['waiting', [9_999, 200]],
    ['cancelled', [201]],
    ['expired', [202]],
    ['refused', [9_999]],
  ] as const)('by status %s finds those', async (status, expected) => {
    expect(await amounts({ status })).toEqual(expected);
  });

  it('pages through all of them, each once', async () => {
    const seen: number[] = [];
    let before: number | undefined;
    do {
      const page = await search({ limit: 3, ...(before !== undefined && { before }) });
      seen.push(...page.rows.map(({ amountMinor }) => amountMinor!));
      before = page.nextBefore;
    } while (before !== undefined);
    expect(seen).toEqual(await amounts({}));
  });

  it('finds a trace key, its beginning, and a till', async () => {
    const traceKey = traceKeys[0]!;
    expect(await amounts({ text: traceKey })).toEqual([100]);
    expect(await amounts({ text: traceKey.slice(0, 8) })).toEqual([106, 103, 100]);
    expect(await amounts({ text: traceKey.slice(0, 15).toLowerCase() })).toEqual([106, 103, 100]);
    expect(await amounts({ text: 'ZZZZZZZZ' })).toEqual([]);
  });

  it('finds the payments of a card by its last four digits', async () => {
    const found = await search({ text: ben.accountNumber.slice(-4) });
    expect(found.rows.map(({ amountMinor }) => amountMinor)).toEqual([105, 103, 101]);
    expect(found.rows.every(({ cardEnding }) => cardEnding === ben.accountNumber.slice(-4))).toBe(true);
  });

  it('finds a shop’s, and none of a shop that is not there', async () => {
    expect(await amounts({ merchantNo: books.merchantNo, status: 'paid' })).toHaveLength(7);
    expect(await amounts({ merchantNo: '000000000000000' as MerchantNo })).toEqual([]);
  });

  it('finds those of a time', async () => {
    const nowMs = Date.now();
    expect(await amounts({ fromMs: nowMs - 600_000, toMs: nowMs + 1 })).toHaveLength(11);
    expect(await amounts({ fromMs: nowMs + 1 })).toEqual([]);
    expect(await amounts({ toMs: nowMs - 600_000 })).toEqual([]);
  });

  it('refuses a text that can be nothing', async () => {
    expect(await books.ledger.searchPayments({ text: '%', limit: 5 })).toMatchObject({ ok: false, code: 'malformed' });
  });

  it('says how often an attempt was refused, and with which card', async () => {
    const [row] = (await search({ status: 'waiting' })).rows;
    expect(row).toMatchObject({ amountMinor: 9_999, refusedAttempts: 1, cardEnding: ben.accountNumber.slice(-4) });
  });
});

describe('the movements of a card', () => {
  it('are its own, newest first, with shop and receipt', async () => {
    const movements = await books.ledger.movements({ accountNumbers: [anna.accountNumber], limit: 50 });
    expect(movements.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['payment', -106],
      ['payment', -104],
      ['payment', -102],
      ['payment', -100],
      ['top-up', WELCOME_MINOR],
    ]);
    const [newest] = movements;
    expect(newest).toMatchObject({
      shopName: 'Corner Café',
      traceKey: traceKeys[6],
      accountNumber: anna.accountNumber,
    });
    const receipt = decodeBase64url(newest!.receipt!)!;
    unwrap(await verifyReceiptOf(submissions[6]!.request, receipt, books.trust));
  });

  it('of several cards come in one order, page by page', async () => {
    const accountNumbers = [anna.accountNumber, ben.accountNumber];
    const all = await books.ledger.movements({ accountNumbers, limit: 50 });
    expect(all).toHaveLength(9);
    const sequences: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await books.ledger.movements({ accountNumbers, limit: 2, ...(before !== undefined && { before }) });
      if (page.length === 0) break;
      sequences.push(...page.map(({ sequence }) => sequence));
      before = sequences.at(-1)!;
    }
    expect(sequences).toEqual(all.map(({ sequence }) => sequence));
  });

  it('of a shop are what it took', async () => {
    const movements = await books.ledger.movements({ accountNumbers: [books.merchantAccount], limit: 50 });
    expect(movements.map(({ amountMinor }) => amountMinor)).toEqual([106, 105, 104, 103, 102, 101, 100]);
  });
});

describe('what is known of a payment', () => {
  it('holds all that proves it, byte for byte as it came', async () => {
    const evidence = (await books.ledger.evidence(traceKeys[2]!))!;
    const { document, assertion, walletCertificate, terminalCertificate } = consents[2]!;
    expect(evidence.request).toEqual(submissions[2]!.document);
    expect(evidence.authorisation).toEqual(document);
    expect(evidence.assertion).toEqual(assertion);
    expect(evidence.walletCertificate).toEqual(walletCertificate.document);
    expect(evidence.terminalCertificate).toEqual(terminalCertificate.document);
    unwrap(await verifyDocument(Authorisation, evidence.authorisation!, anna.wallet.deviceKey.publicKey));
  });

  it('names request, outcome, receipt and attempts', async () => {
    const details = (await books.ledger.paymentDetails(traceKeys[0]!))!;
    expect(details).toMatchObject({
      status: 'paid',
      merchantNo: books.merchantNo,
      transType: 'sale',
      amountMinor: 100,
      attempts: [],
      paid: { accountNumber: anna.accountNumber },
    });
    unwrap(await verifyReceiptOf(submissions[0]!.request, details.paid!.receipt, books.trust));
  });

  it('is nothing for a trace key that was never heard of', async () => {
    const traceKey = 'ZZZZZZZZ-000001-000001' as TraceKey;
    expect(await books.ledger.paymentDetails(traceKey)).toBeUndefined();
    expect(await books.ledger.payment(traceKey)).toBeUndefined();
    expect(await books.ledger.evidence(traceKey)).toBeUndefined();
  });
});

describe('the payments of a till', () => {
  it('are those of its batch, newest first, as each stands', async () => {
    const { terminalId } = till.trusted.content;
    const payments = await books.ledger.terminalPayments(terminalId, 1);
    expect(payments.map(({ status }) => status)).toEqual([
      'waiting',
      'expired',
      'cancelled',
      'waiting',
      'paid',
      'paid',
      'paid',
      'paid',
    ]);
    expect(payments[0]).toMatchObject({ lastRefusal: { code: 'insufficient_balance' } });
    expect(await books.ledger.terminalPayments(terminalId, 2)).toEqual([]);
    expect(await books.ledger.terminalPayments(terminalId)).toHaveLength(8);
  });
});

describe('accounts', () => {
  it('are listed by kind in order of their number, page by page', async () => {
    const [first] = await books.ledger.listAccounts({ kind: 'customer', limit: 1 });
    const [second] = await books.ledger.listAccounts({ kind: 'customer', limit: 1, after: first!.accountNumber });
    const numbers = [first!.accountNumber, second!.accountNumber];
    expect(numbers).toEqual([anna.accountNumber, ben.accountNumber].sort());
    expect(await books.ledger.listAccounts({ kind: 'customer', limit: 5, after: numbers[1]! })).toEqual([]);
    expect(await books.ledger.listAccounts({ kind: 'merchant', limit: 5 })).toMatchObject([{ balanceMinor: 721 }]);
  });
});

describe('a refusal found by the worker', () => {
  it('is recorded once, moves nothing, and bars no later consent', async () => {
    const submission = await submit(till, 300, { operatorNo: '01' as OperatorNo });
    const { request, terminalCertificate } = submission;
    const attempt = {
      kind: 'authorisation',
      request,
      terminalCertificate,
      code: 'passkey_invalid',
      documentHash: new Uint8Array(32).fill(7),
    } as const;
    await books.ledger.recordAttempt(attempt);
    await books.ledger.recordAttempt(attempt);
    const details = (await books.ledger.paymentDetails(request.traceKey))!;
    expect(details.attempts).toMatchObject([{ kind: 'authorisation', code: 'passkey_invalid', amountMinor: 300 }]);
    expect(await books.ledger.payment(request.traceKey)).toMatchObject({ lastRefusal: { code: 'passkey_invalid' } });
    await topUp(books, anna, 1_000);
    expect(await books.ledger.authorise(await createConsent(anna, submission))).toMatchObject({ ok: true });
    expect(await books.ledger.checkBooks()).toMatchObject({ isWhole: true });
  });

  it('is written down no more after a hundred of one trace key', async () => {
    const { request, terminalCertificate } = await submit(till, 301);
    for (let index = 0; index < 120; index += 1) {
      const documentHash = new Uint8Array(32).fill(index + 1);
      const attempt = { kind: 'authorisation', request, terminalCertificate, code: 'signature_invalid', documentHash };
      await books.ledger.recordAttempt(attempt as Parameters<typeof books.ledger.recordAttempt>[0]);
    }
    expect((await books.ledger.paymentDetails(request.traceKey))!.attempts).toHaveLength(100);
  });
});
