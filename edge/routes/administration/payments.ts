import { Hono } from 'hono';
import * as v from 'valibot';
import { MerchantNo, TraceKey } from '../../../shared/protocol/identifiers.ts';
import { accept, refuse } from '../../../shared/protocol/result.ts';
import { describePayment } from '../../console/payments/describe-payment.ts';
import { describeCall, takeParam, takeQuery } from '../describe-call.ts';
import {
  BooksCheckAnswer,
  PaymentDetailsAnswer,
  PaymentsAnswer,
  TakingsAnswer,
  TrialBalanceAnswer,
} from './answers.ts';
import { answer, booksOf, type DeskEnv, ParticipantQuery } from './desk-context.ts';

const CALL = { tag: 'Administration', session: 'console' } as const;
const PAYMENTS_PER_CALL = 50;

const TimeText = v.pipe(v.string(), v.regex(/^[0-9]{1,15}$/), v.transform(Number));

const PaymentsQuery = v.object({
  ...ParticipantQuery.entries,
  /** Trace key or its beginning, terminal id, or the last four digits of a card. */
  search: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(24))),
  merchantNo: v.optional(MerchantNo),
  status: v.optional(v.picklist(['waiting', 'paid', 'cancelled', 'expired', 'refused'])),
  fromMs: v.optional(TimeText),
  toMs: v.optional(TimeText),
  before: v.optional(TimeText),
});

const TakingsQuery = v.object({ ...ParticipantQuery.entries, fromMs: TimeText, toMs: TimeText });

/** What was paid, what was refused, and whether the books balance. */
export const administerPayments = new Hono<DeskEnv>()
  .get(
    '/payments',
    describeCall('get', {
      ...CALL,
      summary: 'Searches payments, newest first, 50 at a time',
      description:
        'One look reads only so far: go on with `before` set to `nextBefore` for as long as there is one, even after a page without rows.',
      answer: PaymentsAnswer,
      refusals: ['not_found', 'malformed'],
    }),
    takeQuery(PaymentsQuery),
    async (c) => {
      const { participant, search, ...filter } = c.req.valid('query');
      const books = booksOf(c, { participant });
      if (!books.ok) return answer(c, books);
      const text = search ? { text: search } : {};
      return answer(
        c,
        await books.value.ledger.searchPayments({ ...dropAbsent(filter), ...text, limit: PAYMENTS_PER_CALL }),
      );
    },
  )
  .get(
    '/payments/:traceKey',
    describeCall('get', {
      ...CALL,
      summary: 'Shows one payment with its evidence and refused attempts',
      answer: PaymentDetailsAnswer,
      refusals: ['not_found'],
    }),
    takeParam(v.object({ traceKey: TraceKey })),
    takeQuery(ParticipantQuery),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      if (!books.ok) return answer(c, books);
      const details = await books.value.ledger.paymentDetails(c.req.valid('param').traceKey);
      return answer(c, details ? accept(await describePayment(details)) : refuse('not_found'));
    },
  )
  .get(
    '/trial-balance',
    describeCall('get', {
      ...CALL,
      summary: 'Says whether the books balance',
      description: 'They do when `faults` is empty.',
      answer: TrialBalanceAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(ParticipantQuery),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      if (!books.ok) return answer(c, books);
      const balance = await books.value.ledger.trialBalance();
      return answer(c, balance ? accept(balance) : refuse('unavailable'));
    },
  )
  .get(
    '/books-check',
    describeCall('get', {
      ...CALL,
      summary: 'Checks everything that must always be true of the books',
      description:
        'For auditors: adds the journal up again from the first entry, and verifies the signatures of the newest payments. Takes time with the size of the books.',
      answer: BooksCheckAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(ParticipantQuery),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      if (!books.ok) return answer(c, books);
      const check = await books.value.ledger.checkBooks();
      return answer(c, check ? accept(check) : refuse('unavailable'));
    },
  )
  .get(
    '/takings',
    describeCall('get', {
      ...CALL,
      summary: 'Says what each merchant took between two moments',
      description: 'Moments are rounded down to the quarter of an hour.',
      answer: TakingsAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(TakingsQuery),
    async (c) => {
      const { participant, fromMs, toMs } = c.req.valid('query');
      const books = booksOf(c, { participant });
      if (!books.ok) return answer(c, books);
      return answer(c, accept({ takings: await books.value.ledger.takingsByMerchant(fromMs, toMs) }));
    },
  );

/** Leaves out what was not said, as the ledger's filter has it. */
function dropAbsent<T extends object>(filter: T) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
