import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOUNDS } from '../../../../shared/protocol/bounds.ts';
import { decodeBase64url } from '../../../../shared/protocol/bytes.ts';
import type { OperatorNo, ProgrammeId, VoucherNo } from '../../../../shared/protocol/identifiers.ts';
import { isPaid, verifyReceiptOf } from '../../../../shared/protocol/payment/verify-receipt.ts';
import type { TestTerminal } from '../../../support/devices.ts';
import { unwrap } from '../../../support/devices.ts';
import {
  type CustomerWallet,
  createCancelling,
  createConsent,
  createSubmission,
  openTestBooks,
  type TestBooks,
  WELCOME_MINOR,
} from '../open-test-books.ts';

/** Of the programme of the test books. */
const RULES = {
  programme: 'test-programme' as ProgrammeId,
  currency: 'EUR',
  exponent: 2,
  amountMinorMax: BOUNDS.amountMinorMax,
};

let books: TestBooks;
let terminal: TestTerminal;
let customer: CustomerWallet;

beforeEach(async () => {
  books = await openTestBooks();
  terminal = await books.openTerminal();
  customer = await books.openWallet();
});

afterEach(async () => {
  expect(await books.ledger.checkBooks()).toMatchObject({ isWhole: true, faults: [] });
});

async function balances() {
  const [card, shop] = await books.ledger.accountViews([customer.accountNumber, books.merchantAccount]);
  return { card: card!.availableMinor, shop: shop!.balanceMinor };
}

describe('a payment', () => {
  it('waits from submission, is paid by consent, and both sides hold the same signed receipt', async () => {
    const submission = await createSubmission(terminal, 450);
    expect(await books.ledger.submitRequest(submission)).toMatchObject({ ok: true, value: { status: 'waiting' } });
    const answer = unwrap(await books.ledger.authorise(await createConsent(customer, submission)));
    expect(answer.status).toBe('paid');
    const receipt = unwrap(await verifyReceiptOf(submission.request, decodeBase64url(answer.receipt!)!, books.trust));
    expect(isPaid(receipt)).toBe(true);
    expect(receipt).toMatchObject({
      merchantNo: books.merchantNo,
      terminalId: submission.request.terminalId,
      operatorNo: '01',
      acquirer: books.participant,
      transType: 1,
      batchNo: 1,
      voucherNo: 1,
      amountMinor: 450,
      currency: 'EUR',
      exponent: 2,
      shopName: 'Corner Café',
      issuer: books.participant,
      cardEnding: customer.accountNumber.slice(-4),
    });
    const poll = await books.ledger.payment(submission.request.traceKey);
    expect(poll).toMatchObject({ status: 'paid', receipt: answer.receipt });
    expect(await balances()).toEqual({ card: WELCOME_MINOR - 450, shop: 450 });
  });

  it('gets its first answer again, byte for byte, however often the documents come', async () => {
    const submission = await createSubmission(terminal, 450);
    const waiting = await books.ledger.submitRequest(submission);
    expect(await books.ledger.submitRequest(submission)).toEqual(waiting);
    const consent = await createConsent(customer, submission);
    const paid = await books.ledger.authorise(consent);
    expect(await books.ledger.authorise(consent)).toEqual(paid);
    // The till that hands its request in again learns that it is paid meanwhile.
    expect(await books.ledger.submitRequest(submission)).toEqual(paid);
    expect(await books.ledger.repeatedAnswer(submission.request.traceKey, consent.authorisation.hash)).toEqual(paid);
    expect(await balances()).toEqual({ card: WELCOME_MINOR - 450, shop: 450 });
  });

  it('is made once by two hundred authorisations at once', async () => {
    const submission = await createSubmission(terminal, 100);
    unwrap(await books.ledger.submitRequest(submission));
    const wallets = await Promise.all([books.openWallet(), books.openWallet(), books.openWallet()]);
    const consents = await Promise.all(
      Array.from({ length: 200 }, (_, index) => createConsent(wallets[index % 3]!, submission)),
    );
    const answers = await Promise.all(consents.map((consent) => books.ledger.authorise(consent)));
    const receipts = new Set(answers.flatMap((answer) => (answer.ok ? [answer.value.receipt] : [])));
    expect(receipts.size).toBe(1);
    expect(answers.filter((answer) => !answer.ok).every((answer) => !answer.ok && answer.code === 'already_paid')).toBe(
      true,
    );
    const views = await books.ledger.accountViews(wallets.map(({ accountNumber }) => accountNumber));
    expect(views.reduce((sum, { availableMinor }) => sum + availableMinor, 0)).toBe(3 * WELCOME_MINOR - 100);
  });

  it('is made once by the same authorisation two hundred times at once', async () => {
    const submission = await createSubmission(terminal, 100);
    unwrap(await books.ledger.submitRequest(submission));
    const consent = await createConsent(customer, submission);
    const answers = await Promise.all(Array.from({ length: 200 }, () => books.ledger.authorise(consent)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await balances()).toEqual({ card: WELCOME_MINOR - 100, shop: 100 });
  });

  it('never takes the card below zero, whatever comes at once', async () => {
    const submissions = await Promise.all(Array.from({ length: 12 }, () => createSubmission(terminal, 1_000)));
    await Promise.all(submissions.map((submission) => books.ledger.submitRequest(submission)));
    const consents = await Promise.all(submissions.map((submission) => createConsent(customer, submission)));
    const answers = await Promise.all(consents.map((consent) => books.ledger.authorise(consent)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await balances()).toEqual({ card: 0, shop: 5_000 });
  });
});

describe('a request', () => {
  it.each<[string, (terminal: TestTerminal) => Promise<unknown>, string]>([
    [
      'of an unknown cashier',
      () => createSubmission(terminal, 100, { operatorNo: '77' as OperatorNo }),
      'operator_unknown',
    ],
    [
      'for another kind of transaction',
      () => createSubmission(terminal, 100, { transType: 'refund' }),
      'trans_type_unsupported',
    ],
  ])('%s is refused, recorded, and refused again with the same words', async (_, create, code) => {
    const submission = (await create(terminal)) as Awaited<ReturnType<typeof createSubmission>>;
    const refused = await books.ledger.submitRequest(submission);
    expect(refused).toMatchObject({ ok: false, code });
    expect(await books.ledger.submitRequest(submission)).toEqual(refused);
    const details = await books.ledger.paymentDetails(submission.request.traceKey);
    expect(details).toMatchObject({ status: 'refused', attempts: [{ kind: 'submission', code, amountMinor: 100 }] });
    expect(details!.attempts).toHaveLength(1);
  });

  it('with a used trace key and other content is refused, and the first stands', async () => {
    const first = await createSubmission(terminal, 100, { voucherNo: 7 as VoucherNo });
    unwrap(await books.ledger.submitRequest(first));
    const second = await createSubmission(terminal, 100, { voucherNo: 7 as VoucherNo });
    expect(await books.ledger.submitRequest(second)).toMatchObject({ ok: false, code: 'voucher_reused' });
    expect(await books.ledger.payment(first.request.traceKey)).toMatchObject({ status: 'waiting' });
  });

  it.each([
    ['merchant', 'merchant_closed'],
    ['terminal', 'terminal_closed'],
    ['operator', 'operator_unknown'],
  ] as const)('of a closed %s is refused', async (party, code) => {
    const { shops } = books.registry;
    const submission = await createSubmission(terminal, 100);
    if (party === 'merchant') await shops.setMerchantStatus(books.merchantNo, 'closed');
    if (party === 'terminal') await shops.setTerminalStatus(submission.request.terminalId, 'closed');
    if (party === 'operator') await shops.setOperatorStatus(books.merchantNo, '01' as OperatorNo, 'closed');
    expect(await books.ledger.submitRequest(submission)).toMatchObject({ ok: false, code });
  });

  it('that was refused for ever stays refused after the reason is gone', async () => {
    const { shops } = books.registry;
    const submission = await createSubmission(terminal, 100);
    await shops.setMerchantStatus(books.merchantNo, 'closed');
    const refused = await books.ledger.submitRequest(submission);
    await shops.setMerchantStatus(books.merchantNo, 'open');
    expect(await books.ledger.submitRequest(submission)).toEqual(refused);
    expect(await books.ledger.submitRequest(await createSubmission(terminal, 100))).toMatchObject({ ok: true });
  });

  it('taken back cannot be paid, and taking it back again says the same', async () => {
    const submission = await createSubmission(terminal, 100);
    unwrap(await books.ledger.submitRequest(submission));
    const cancelling = await createCancelling(terminal, submission.request);
    const cancelled = await books.ledger.cancelRequest(cancelling);
    expect(cancelled).toMatchObject({ ok: true, value: { status: 'cancelled' } });
    expect(await books.ledger.cancelRequest(cancelling)).toEqual(cancelled);
    const late = await books.ledger.authorise(await createConsent(customer, submission));
    expect(late).toMatchObject({ ok: false, code: 'request_cancelled' });
    expect(await balances()).toEqual({ card: WELCOME_MINOR, shop: 0 });
  });

  it('that is paid cannot be taken back', async () => {
    const submission = await createSubmission(terminal, 100);
    unwrap(await books.ledger.submitRequest(submission));
    unwrap(await books.ledger.authorise(await createConsent(customer, submission)));
    const cancelling = await createCancelling(terminal, submission.request);
    expect(await books.ledger.cancelRequest(cancelling)).toMatchObject({ ok: false, code: 'already_paid' });
  });

  it('lives no longer than the programme allows, whatever it claims, and stays as it was signed', async () => {
    const allow = (requestValidSeconds: number) =>
      books.ledger.open({ ...RULES, participant: books.participant, requestValidSeconds });
    unwrap(await allow(60));
    const nowMs = Date.now();
    const old = await createSubmission(terminal, 100, { nowMs: nowMs - 61_000, validForSeconds: 120 });
    expect(await books.ledger.submitRequest(old)).toMatchObject({ ok: false, code: 'request_expired' });
    const claims = await createSubmission(terminal, 100, { nowMs: nowMs - 58_000, validForSeconds: 600 });
    const { requestedAtMs, traceKey } = claims.request;
    const waiting = await books.ledger.submitRequest(claims);
    expect(waiting).toMatchObject({ ok: true, value: { status: 'waiting', expiresAtMs: requestedAtMs + 60_000 } });
    const shorter = await createSubmission(terminal, 100, { validForSeconds: 30 });
    expect(await books.ledger.submitRequest(shorter)).toMatchObject({
      value: { expiresAtMs: shorter.request.requestedAtMs + 30_000 },
    });
    await new Promise((resolve) => setTimeout(resolve, requestedAtMs + 60_100 - Date.now()));
    // What ran out does not come back when more is allowed later.
    unwrap(await allow(600));
    expect(await books.ledger.payment(traceKey)).toMatchObject({ status: 'expired' });
    const late = await books.ledger.authorise(await createConsent(customer, claims));
    expect(late).toMatchObject({ ok: false, code: 'request_expired' });
    const expired = unwrap(await books.ledger.searchPayments({ status: 'expired', limit: 5 }));
    expect(expired.rows.map((row) => row.traceKey)).toEqual([traceKey]);
    expect((await books.ledger.evidence(traceKey))!.request).toEqual(claims.document);
  });

  it('nobody paid in time is expired, and cannot be paid', async () => {
    const late = await createSubmission(terminal, 100, { nowMs: Date.now() - 100_000, validForSeconds: 60 });
    expect(await books.ledger.submitRequest(late)).toMatchObject({ ok: false, code: 'request_expired' });
    const shortly = await createSubmission(terminal, 100, { validForSeconds: 1 });
    unwrap(await books.ledger.submitRequest(shortly));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await books.ledger.payment(shortly.request.traceKey)).toMatchObject({ status: 'expired' });
    const refused = await books.ledger.authorise(await createConsent(customer, shortly));
    expect(refused).toMatchObject({ ok: false, code: 'request_expired' });
  });
});

describe('an authorisation', () => {
  async function submit(amountMinor = 100) {
    const submission = await createSubmission(terminal, amountMinor);
    unwrap(await books.ledger.submitRequest(submission));
    return submission;
  }

  it('before the till has handed in is refused for now, and pays later', async () => {
    const submission = await createSubmission(terminal, 100);
    const consent = await createConsent(customer, submission);
    expect(await books.ledger.authorise(consent)).toMatchObject({ ok: false, code: 'request_unknown' });
    unwrap(await books.ledger.submitRequest(submission));
    expect(await books.ledger.authorise(consent)).toMatchObject({ ok: true, value: { status: 'paid' } });
  });

  it('for more than the card has is refused for ever, with a signed receipt that is the same each time', async () => {
    const submission = await submit(WELCOME_MINOR + 1);
    const consent = await createConsent(customer, submission);
    const refused = await books.ledger.authorise(consent);
    expect(refused).toMatchObject({ ok: false, code: 'insufficient_balance' });
    if (refused.ok) return;
    const bytes = decodeBase64url(refused.receipt!)!;
    const receipt = unwrap(await verifyReceiptOf(submission.request, bytes, books.trust));
    expect(receipt).toMatchObject({
      status: 2,
      refusal: 'insufficient_balance',
      cardEnding: customer.accountNumber.slice(-4),
    });
    const reference = `test-${crypto.randomUUID()}`;
    unwrap(await books.ledger.topUp({ accountNumber: customer.accountNumber, amountMinor: 5_000 as never, reference }));
    expect(await books.ledger.authorise(consent)).toEqual(refused);
    // The till hears of it while it waits, and the customer may try again.
    const poll = await books.ledger.payment(submission.request.traceKey);
    expect(poll).toMatchObject({
      status: 'waiting',
      lastRefusal: { code: 'insufficient_balance', receipt: refused.receipt },
    });
    expect(await books.ledger.authorise(await createConsent(customer, submission))).toMatchObject({ ok: true });
  });

  it('from a frozen account is refused', async () => {
    const submission = await submit();
    const { accountNumber } = customer;
    unwrap(await books.ledger.setAccountStatus({ accountNumber, status: 'frozen', reason: 'lost phone', by: 'Ada' }));
    const refused = await books.ledger.authorise(await createConsent(customer, submission));
    expect(refused).toMatchObject({ ok: false, code: 'account_frozen' });
    unwrap(await books.ledger.setAccountStatus({ accountNumber, status: 'open', reason: 'found', by: 'Ada' }));
    expect(await books.ledger.authorise(await createConsent(customer, submission))).toMatchObject({ ok: true });
    const details = await books.ledger.accountDetails(accountNumber);
    expect(details!.statusChanges.map(({ status, reason }) => [status, reason])).toEqual([
      ['open', 'found'],
      ['frozen', 'lost phone'],
    ]);
  });

  it('from another participant’s card is refused with a receipt of all fields that names no card', async () => {
    const submission = await submit();
    const stranger = await (await openTestBooks()).openWallet();
    const refused = await books.ledger.authorise(await createConsent(stranger, submission));
    expect(refused).toMatchObject({ ok: false, code: 'account_unknown' });
    if (refused.ok) return;
    const receipt = unwrap(await verifyReceiptOf(submission.request, decodeBase64url(refused.receipt!)!, books.trust));
    const { merchantNo, terminalId, operatorNo, batchNo, voucherNo, amountMinor } = submission.request;
    expect(receipt).toMatchObject({ merchantNo, terminalId, operatorNo, batchNo, voucherNo, amountMinor });
    expect(receipt).toMatchObject({ status: 2, refusal: 'account_unknown', issuer: books.participant });
    expect(receipt).not.toHaveProperty('cardEnding');
  });

  it('of another request under the same trace key is refused', async () => {
    const first = await createSubmission(terminal, 100, { voucherNo: 9 as VoucherNo });
    const other = await createSubmission(terminal, 100, { voucherNo: 9 as VoucherNo });
    unwrap(await books.ledger.submitRequest(first));
    const refused = await books.ledger.authorise(await createConsent(customer, other));
    expect(refused).toMatchObject({ ok: false, code: 'request_mismatch' });
    expect(await balances()).toEqual({ card: WELCOME_MINOR, shop: 0 });
  });
});
