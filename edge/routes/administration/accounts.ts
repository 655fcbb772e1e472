import { Hono } from 'hono';
import * as v from 'valibot';
import { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { accept, refuse } from '../../../shared/protocol/result.ts';
import { CreateAccountCall, TopUpCall } from '../../../shared/protocol/wire/administration.ts';
import {
  ChangeAccountStatusCall,
  CreateClaimCodeCall,
  changeAccountStatus,
  createClaimCode,
  issueCard,
  SeeFlagCall,
  seeAccountFlag,
  topUpAccount,
} from '../../console/operations/accounts.ts';
import { booksOfAccount } from '../../console/operations/desk.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import { describeCall, takeJson, takeParam, takeQuery } from '../describe-call.ts';
import {
  AccountAnswer,
  AccountFlagsAnswer,
  BookedTransferAnswer,
  CardsAnswer,
  IssuedCardAnswer,
  LinkedCodeAnswer,
  MovementsAnswer,
} from './answers.ts';
import { answer, booksOf, type DeskEnv, ParticipantQuery } from './desk-context.ts';

const CALL = { tag: 'Administration', session: 'console' } as const;
const MOVEMENTS_PER_CALL = 50;

const CardsQuery = v.object({
  ...ParticipantQuery.entries,
  search: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(40))),
  before: v.optional(AccountNumber),
});
const AccountParam = v.object({ accountNumber: AccountNumber });
const BeforeQuery = v.object({ before: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,15}$/), v.transform(Number))) });

/** Customers' accounts. */
export const administerAccounts = new Hono<DeskEnv>()
  .get(
    '/accounts',
    describeCall('get', {
      ...CALL,
      summary: 'Lists customers’ accounts, 50 at a time',
      description: 'The newest first; `before` is the last one of the page before.',
      answer: CardsAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(CardsQuery),
    async (c) => {
      const { participant, search, before } = c.req.valid('query');
      const books = booksOf(c, { participant });
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, accept({ accounts: await registry.cards.listCards({ search, before }) }));
    },
  )
  .post(
    '/accounts',
    describeCall('post', {
      ...CALL,
      summary: 'Opens an account for a card, with its claim code',
      answer: IssuedCardAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(CreateAccountCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      if (!books.ok) return answer(c, books);
      return answer(c, accept(await issueCard(c.get('desk'), books.value, c.req.valid('json').label)));
    },
  )
  .post(
    '/accounts/claim-codes',
    describeCall('post', {
      ...CALL,
      summary: 'Makes a claim code for a card that nobody holds',
      answer: LinkedCodeAnswer,
      refusals: ['account_unknown', 'already_exists'],
    }),
    takeJson(CreateClaimCodeCall),
    async (c) => answer(c, await createClaimCode(c.get('desk'), c.req.valid('json').accountNumber)),
  )
  .post(
    '/accounts/top-ups',
    describeCall('post', {
      ...CALL,
      summary: 'Tops up an account',
      description: 'The same reference tops up once and is answered as the first time.',
      answer: BookedTransferAnswer,
      refusals: ['account_unknown', 'account_frozen', 'already_exists', 'ledger_halted'],
    }),
    takeJson(TopUpCall),
    async (c) => answer(c, await topUpAccount(c.get('desk'), c.req.valid('json'))),
  )
  .post(
    '/accounts/status',
    describeCall('post', {
      ...CALL,
      summary: 'Freezes or unfreezes an account',
      answer: AccountAnswer,
      refusals: ['account_unknown', 'account_frozen', 'ledger_halted'],
    }),
    takeJson(ChangeAccountStatusCall),
    async (c) => answer(c, await changeAccountStatus(c.get('desk'), c.req.valid('json'))),
  )
  .get(
    '/accounts/flags',
    describeCall('get', {
      ...CALL,
      summary: 'Lists accounts with many refused tries to charge a pay code',
      description: 'Those that nobody has marked as seen, newest first. Further tries against them are slowed down.',
      answer: AccountFlagsAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(ParticipantQuery),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      if (!books.ok) return answer(c, books);
      return answer(c, accept({ flags: await books.value.ledger.accountFlags() }));
    },
  )
  .post(
    '/accounts/flags/seen',
    describeCall('post', {
      ...CALL,
      summary: 'Marks the refused tries of an account as seen',
      description: 'Up to `lastSequence`: tries after it raise a flag anew.',
      refusals: ['account_unknown', 'not_found'],
    }),
    takeJson(SeeFlagCall),
    async (c) => {
      const seen = await seeAccountFlag(c.get('desk'), c.req.valid('json'));
      return seen.ok ? c.body(null, 204) : answer(c, seen);
    },
  )
  .get(
    '/accounts/:accountNumber',
    describeCall('get', {
      ...CALL,
      summary: 'Shows one account',
      answer: AccountAnswer,
      refusals: ['not_found', 'account_unknown'],
    }),
    takeParam(AccountParam),
    async (c) => {
      const { accountNumber } = c.req.valid('param');
      const books = booksOfAccount(c.get('desk'), accountNumber);
      if (!books.ok) return answer(c, books);
      const details = await books.value.ledger.accountDetails(accountNumber);
      return answer(c, details ? accept(details) : refuse('account_unknown'));
    },
  )
  .get(
    '/accounts/:accountNumber/movements',
    describeCall('get', {
      ...CALL,
      summary: 'Lists what moved on an account, newest first, 50 at a time',
      answer: MovementsAnswer,
      refusals: ['not_found', 'account_unknown'],
    }),
    takeParam(AccountParam),
    takeQuery(BeforeQuery),
    async (c) => {
      const { accountNumber } = c.req.valid('param');
      const { before } = c.req.valid('query');
      const books = booksOfAccount(c.get('desk'), accountNumber);
      if (!books.ok) return answer(c, books);
      const filter = { accountNumbers: [accountNumber], limit: MOVEMENTS_PER_CALL };
      const movements = await books.value.ledger.movements(before === undefined ? filter : { ...filter, before });
      return answer(c, accept({ movements }));
    },
  );
