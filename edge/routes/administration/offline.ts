import { Hono } from 'hono';
import * as v from 'valibot';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { EvidenceFile } from '../../../shared/protocol/wire/offline-evidence.ts';
import { CollectDebtCall, collectDebt } from '../../console/operations/offline.ts';
import { openOfflineDesk } from '../../ledger/offline/open-offline-desk.ts';
import { describeCall, takeJson, takeParam, takeQuery } from '../describe-call.ts';
import { answer, booksOf, type DeskContext, type DeskEnv, ParticipantQuery } from './desk-context.ts';
import {
  AllowancesAnswer,
  CollectedDebtAnswer,
  DebtsAnswer,
  DoubleSpendsAnswer,
  ExposureAnswer,
  LateArrivalsAnswer,
} from './offline-answers.ts';

const CALL = { tag: 'Administration', session: 'console', refusals: ['not_found'] } as const;

const IdParam = v.object({ id: v.pipe(v.string(), v.regex(/^[0-9]{1,15}$/), v.transform(Number)) });

/** What is paid without network: what is set aside for it, what came in late, who spent the same money twice, who owes it. */
export const administerOffline = new Hono<DeskEnv>()
  .get(
    '/offline/exposure',
    describeCall('get', {
      ...CALL,
      summary: 'Says what payments without network may cost, and have cost',
      answer: ExposureAnswer,
      refusals: ['not_found', 'unavailable'],
    }),
    takeQuery(ParticipantQuery),
    (c) =>
      read(c, c.req.valid('query'), async (offline) => {
        const exposure = await offline.exposure();
        return exposure ? accept(exposure) : refuse('unavailable');
      }),
  )
  .get(
    '/offline/allowances',
    describeCall('get', {
      ...CALL,
      summary: 'Lists what phones have set aside for paying without network',
      description: 'The newest 200 that anything is still set aside for, newest first.',
      answer: AllowancesAnswer,
    }),
    takeQuery(ParticipantQuery),
    (c) => read(c, c.req.valid('query'), async (offline) => accept({ allowances: await offline.outstanding() })),
  )
  .get(
    '/offline/late-arrivals',
    describeCall('get', {
      ...CALL,
      summary: 'Lists payments that came in after their request’s end',
      description: 'The newest 200, newest first.',
      answer: LateArrivalsAnswer,
    }),
    takeQuery(ParticipantQuery),
    (c) => read(c, c.req.valid('query'), async (offline) => accept({ lateArrivals: await offline.lateArrivals() })),
  )
  .get(
    '/offline/double-spends',
    describeCall('get', {
      ...CALL,
      summary: 'Lists proven double spendings',
      description: 'The newest 200, newest first.',
      answer: DoubleSpendsAnswer,
    }),
    takeQuery(ParticipantQuery),
    (c) => read(c, c.req.valid('query'), async (offline) => accept({ doubleSpends: await offline.doubleSpends() })),
  )
  .get(
    '/offline/double-spends/:id/evidence',
    describeCall('get', {
      ...CALL,
      summary: 'Gives out all that proves a double spending',
      description: 'Anyone can check the file without this centre: `npm run verify-evidence FILE`.',
      answer: EvidenceFile,
    }),
    takeParam(IdParam),
    takeQuery(ParticipantQuery),
    (c) =>
      read(c, c.req.valid('query'), async (offline) => {
        const file = await offline.evidenceFile(c.req.valid('param').id);
        return file ? accept(file) : refuse('not_found');
      }),
  )
  .get(
    '/offline/debts',
    describeCall('get', {
      ...CALL,
      summary: 'Lists what customers owe the guarantee',
      answer: DebtsAnswer,
    }),
    takeQuery(ParticipantQuery),
    (c) => read(c, c.req.valid('query'), async (offline) => accept({ debts: await offline.debts() })),
  )
  .post(
    '/offline/debts/collections',
    describeCall('post', {
      ...CALL,
      summary: 'Collects what an account owes from what is on it',
      description: 'As far as it goes, frozen or not. Called again it takes no more than is still owed.',
      answer: CollectedDebtAnswer,
      refusals: ['account_unknown', 'not_found', 'insufficient_balance', 'ledger_halted'],
    }),
    takeJson(CollectDebtCall),
    async (c) => answer(c, await collectDebt(c.get('desk'), c.req.valid('json'))),
  );

type OfflineDesk = ReturnType<typeof openOfflineDesk>;

async function read<T>(
  c: DeskContext,
  query: v.InferOutput<typeof ParticipantQuery>,
  look: (offline: OfflineDesk) => Promise<Result<T>>,
) {
  const books = booksOf(c, query);
  if (!books.ok) return answer(c, books);
  using offline = openOfflineDesk(books.value.ledger);
  return answer(c, await look(offline));
}
