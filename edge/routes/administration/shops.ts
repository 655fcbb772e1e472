import { Hono } from 'hono';
import * as v from 'valibot';
import { MerchantNo, OperatorNo } from '../../../shared/protocol/identifiers.ts';
import { accept } from '../../../shared/protocol/result.ts';
import {
  CreateActivationCodeCall,
  CreateMerchantCall,
  CreateOperatorCall,
  CreateTerminalCall,
  SetMerchantStatusCall,
  SetTerminalStatusCall,
} from '../../../shared/protocol/wire/administration.ts';
import {
  createActivationCode,
  createMerchant,
  createOperator,
  createTerminal,
} from '../../console/operations/shops.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import { describeCall, takeJson, takeQuery } from '../describe-call.ts';
import {
  EnrolledOperatorAnswer,
  FreshCodeAnswer,
  LinkedCodeAnswer,
  MerchantAnswer,
  MerchantsAnswer,
  OperatorAnswer,
  OperatorsAnswer,
  TerminalAnswer,
  TerminalsAnswer,
} from './answers.ts';
import { answer, booksOf, type DeskEnv, ParticipantQuery } from './desk-context.ts';

const CALL = { tag: 'Administration', session: 'console' } as const;

const TerminalsQuery = v.object({ ...ParticipantQuery.entries, merchantNo: v.optional(MerchantNo) });
const OperatorsQuery = v.object({ ...ParticipantQuery.entries, merchantNo: MerchantNo });
const EnrolmentCodeCall = v.strictObject({ merchantNo: MerchantNo, operatorNo: OperatorNo });
const OperatorStatusCall = v.strictObject({ ...EnrolmentCodeCall.entries, status: v.picklist(['open', 'closed']) });

/** Shops, their tills and cashiers. */
export const administerShops = new Hono<DeskEnv>()
  .get(
    '/merchants',
    describeCall('get', { ...CALL, summary: 'Lists merchants', answer: MerchantsAnswer, refusals: ['not_found'] }),
    takeQuery(ParticipantQuery),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, accept({ merchants: await registry.shops.listMerchants() }));
    },
  )
  .post(
    '/merchants',
    describeCall('post', {
      ...CALL,
      summary: 'Creates a merchant with its payable account',
      answer: MerchantAnswer,
      refusals: ['not_found', 'already_exists'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(CreateMerchantCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      return answer(c, books.ok ? await createMerchant(books.value, c.req.valid('json')) : books);
    },
  )
  .post(
    '/merchants/status',
    describeCall('post', {
      ...CALL,
      summary: 'Closes or reopens a merchant',
      answer: MerchantAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(SetMerchantStatusCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      const { merchantNo, status } = c.req.valid('json');
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, await registry.shops.setMerchantStatus(merchantNo, status));
    },
  )
  .get(
    '/terminals',
    describeCall('get', {
      ...CALL,
      summary: 'Lists terminals, of one merchant or all',
      answer: TerminalsAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(TerminalsQuery),
    async (c) => {
      const { merchantNo, ...query } = c.req.valid('query');
      const books = booksOf(c, query);
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, accept({ terminals: await registry.shops.listTerminals(merchantNo) }));
    },
  )
  .post(
    '/terminals',
    describeCall('post', {
      ...CALL,
      summary: 'Creates a terminal, not yet activated',
      answer: TerminalAnswer,
      refusals: ['not_found', 'merchant_unknown', 'already_exists'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(CreateTerminalCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      return answer(c, books.ok ? await createTerminal(books.value, c.req.valid('json')) : books);
    },
  )
  .post(
    '/terminals/activation-codes',
    describeCall('post', {
      ...CALL,
      summary: 'Makes an activation code',
      description:
        'The one made before, if unused, is void. The device in use keeps working until the new one is activated.',
      answer: LinkedCodeAnswer,
      refusals: ['not_found', 'terminal_unknown', 'terminal_closed', 'operator_unknown'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(CreateActivationCodeCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      if (!books.ok) return answer(c, books);
      return answer(c, await createActivationCode(c.get('desk'), books.value, c.req.valid('json')));
    },
  )
  .post(
    '/terminals/status',
    describeCall('post', {
      ...CALL,
      summary: 'Closes or reopens a terminal',
      answer: TerminalAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(SetTerminalStatusCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      const { terminalId, status } = c.req.valid('json');
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, await registry.shops.setTerminalStatus(terminalId, status));
    },
  )
  .get(
    '/operators',
    describeCall('get', {
      ...CALL,
      summary: 'Lists the operators of a merchant',
      answer: OperatorsAnswer,
      refusals: ['not_found'],
    }),
    takeQuery(OperatorsQuery),
    async (c) => {
      const { merchantNo, ...query } = c.req.valid('query');
      const books = booksOf(c, query);
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, accept({ operators: await registry.shops.listOperators(merchantNo) }));
    },
  )
  .post(
    '/operators',
    describeCall('post', {
      ...CALL,
      summary: 'Creates an operator with an enrolment code',
      answer: EnrolledOperatorAnswer,
      refusals: ['not_found', 'merchant_unknown', 'already_exists'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(CreateOperatorCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      return answer(c, books.ok ? await createOperator(books.value, c.req.valid('json')) : books);
    },
  )
  .post(
    '/operators/enrolment-codes',
    describeCall('post', {
      ...CALL,
      summary: 'Makes an enrolment code for an operator',
      answer: FreshCodeAnswer,
      refusals: ['not_found', 'operator_unknown'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(EnrolmentCodeCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      const { merchantNo, operatorNo } = c.req.valid('json');
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, await registry.shops.createEnrolmentCode(merchantNo, operatorNo));
    },
  )
  .post(
    '/operators/status',
    describeCall('post', {
      ...CALL,
      summary: 'Closes or reopens an operator',
      answer: OperatorAnswer,
      refusals: ['not_found', 'operator_unknown'],
    }),
    takeQuery(ParticipantQuery),
    takeJson(OperatorStatusCall),
    async (c) => {
      const books = booksOf(c, c.req.valid('query'));
      const { merchantNo, operatorNo, status } = c.req.valid('json');
      if (!books.ok) return answer(c, books);
      using registry = openRegistry(books.value.ledger);
      return answer(c, await registry.shops.setOperatorStatus(merchantNo, operatorNo, status));
    },
  );
