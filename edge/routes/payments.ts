import { Hono } from 'hono';
import * as v from 'valibot';
import { decodeTraceKey, TraceKey } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import {
  AuthoriseCall,
  CancelRequestCall,
  PaymentAnswer,
  SubmitRequestCall,
} from '../../shared/protocol/wire/payments.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { createProblem, problemOf } from '../security/problem.ts';
import { readSession } from '../security/session-cookie.ts';
import { answerPayment } from './answer-payment.ts';
import { type ApiContext, type ApiEnv, requireProgramme, requireSession } from './api-context.ts';
import { describeCall, takeJson, takeParam } from './describe-call.ts';
import { OF_A_SUBMISSION, OF_A_TERMINALS_DOCUMENT } from './document-refusals.ts';
import { authorise, cancelRequest, submitRequest } from './hand-in.ts';

/** Money documents prove themselves: no session, whoever carries them, once or ten times, to the same effect. */
export const paymentRoutes = new Hono<ApiEnv>()
  .post(
    '/requests',
    describeCall('post', {
      tag: 'Payments',
      summary: 'The terminal hands in its request',
      answer: PaymentAnswer,
      refusals: OF_A_SUBMISSION,
    }),
    takeJson(SubmitRequestCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const session = await readSession(c, 'pos');
      return answerPayment(c, await submitRequest(c.env, programme.value, c.req.valid('json'), session?.tokenHash));
    },
  )
  .post(
    '/requests/cancel',
    describeCall('post', {
      tag: 'Payments',
      summary: 'The terminal takes its request back',
      answer: PaymentAnswer,
      refusals: [...OF_A_TERMINALS_DOCUMENT, 'terminal_closed', 'request_unknown', 'request_mismatch', 'already_paid'],
    }),
    takeJson(CancelRequestCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      return answerPayment(c, await cancelRequest(c.env, programme.value, c.req.valid('json')));
    },
  )
  .post(
    '/authorisations',
    describeCall('post', {
      tag: 'Payments',
      summary: "The wallet hands in the payer's consent",
      description:
        'With the request it consents to. The centre pays the request that the till itself handed in, equal by hash, once. A consent out of an allowance may come in late, from the till or the phone, any number of times: it is paid from what was set aside for it.',
      answer: PaymentAnswer,
      refusals: [
        ...OF_A_TERMINALS_DOCUMENT,
        'certificate_revoked',
        'clock_off',
        'request_unknown',
        'request_mismatch',
        'request_expired',
        'request_cancelled',
        'already_paid',
        'amount_mismatch',
        'authorisation_expired',
        'passkey_invalid',
        'user_not_verified',
        'account_unknown',
        'account_frozen',
        'currency_mismatch',
        'insufficient_balance',
        'allowance_unknown',
        'allowance_expired',
        'allowance_exceeded',
        'allowance_revoked',
        'acceptance_mismatch',
        'claim_late',
        'double_spent',
        'ledger_halted',
      ],
    }),
    takeJson(AuthoriseCall),
    async (c) => {
      const programme = await requireProgramme(c.env);
      if (!programme.ok) return problemOf(programme);
      const session = await readSession(c, 'pos');
      return answerPayment(c, await authorise(c.env, programme.value, c.req.valid('json'), session?.tokenHash));
    },
  )
  .get(
    '/payments/:traceKey',
    describeCall('get', {
      tag: 'Payments',
      summary: 'How a payment stands',
      description:
        'For the terminal that asked for it and the wallet that paid it; to anyone else there is nothing here.',
      answer: PaymentAnswer,
      refusals: ['not_found'],
      session: 'till',
    }),
    takeParam(v.object({ traceKey: TraceKey })),
    async (c) => {
      const { traceKey } = c.req.valid('param');
      // One browser may be both, as in a demo; either will do.
      const asTerminal = await findAsTerminal(c, traceKey);
      const payment = asTerminal?.ok ? asTerminal : ((await findAsWallet(c, traceKey)) ?? asTerminal);
      if (!payment) return createProblem('not_signed_in');
      return payment.ok ? c.json(payment.value) : problemOf(payment);
    },
  );

/** @returns undefined where the call has no session of a till */
async function findAsTerminal(c: ApiContext, traceKey: TraceKey): Promise<Result<PaymentAnswer> | undefined> {
  const session = await requireSession(c, 'pos');
  if (!session.ok) return undefined;
  const { ledger, tokenHash } = session.value;
  using registry = openRegistry(ledger);
  const terminal = await registry.tills.findSession(tokenHash);
  if (!terminal) return undefined;
  const isTheirs = decodeTraceKey(traceKey).terminalId === terminal.terminalId;
  const payment = isTheirs ? await ledger.paymentForTill(traceKey) : undefined;
  return payment ? accept(payment) : refuse('not_found');
}

/** @returns undefined where the call has no session of a wallet */
async function findAsWallet(c: ApiContext, traceKey: TraceKey): Promise<Result<PaymentAnswer> | undefined> {
  const session = await requireSession(c, 'wallet');
  if (!session.ok) return undefined;
  const { ledger, tokenHash } = session.value;
  using registry = openRegistry(ledger);
  const accounts = await registry.wallets.accounts(tokenHash);
  if (!accounts.ok) return undefined;
  const details = await ledger.paymentDetails(traceKey);
  const isTheirs = details?.paid !== undefined && accounts.value.includes(details.paid.accountNumber);
  const payment = isTheirs ? await ledger.payment(traceKey) : undefined;
  return payment ? accept(payment) : refuse('not_found');
}
