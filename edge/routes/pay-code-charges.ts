import { Hono } from 'hono';
import { ChargePayCodeCall } from '../../shared/protocol/wire/pay-codes.ts';
import { PaymentAnswer } from '../../shared/protocol/wire/payments.ts';
import { problemOf } from '../security/problem.ts';
import { answerPayment } from './answer-payment.ts';
import { type ApiEnv, requireProgramme } from './api-context.ts';
import { chargePayCode } from './charge-pay-code.ts';
import { describeCall, takeJson } from './describe-call.ts';
import { OF_A_SUBMISSION } from './document-refusals.ts';

/** The customer is scanned: proves itself as the other money documents do. */
export const payCodeChargeRoutes = new Hono<ApiEnv>().post(
  '/pay-code-charges',
  describeCall('post', {
    tag: 'Payments',
    summary: "The terminal scanned the customer's pay code",
    description:
      'Hands its request in, where it is not there yet, and charges the pay code to it. `waiting` with `isCustomerAsked`: the pay code does not cover the amount, and the phone was asked for the passkey on it. A refused charge leaves the request waiting.',
    answer: PaymentAnswer,
    refusals: [
      ...OF_A_SUBMISSION,
      'code_unreadable',
      'code_tampered',
      'twin_code_incomplete',
      'twin_code_mixed',
      'twin_code_window',
      'twin_code_stale',
      'twin_code_spent',
      'check_value_invalid',
      'capture_mismatch',
      'pay_code_used',
      'pay_code_cancelled',
      'pay_code_expired',
      'pay_code_cap_exceeded',
      'step_up_unreachable',
      'account_slowed',
      'already_paid',
      'request_cancelled',
      'certificate_revoked',
      'passkey_invalid',
      'user_not_verified',
      'account_unknown',
      'account_frozen',
      'currency_mismatch',
      'insufficient_balance',
    ],
  }),
  takeJson(ChargePayCodeCall),
  async (c) => {
    const programme = await requireProgramme(c.env);
    if (!programme.ok) return problemOf(programme);
    return answerPayment(c, await chargePayCode(c.env, programme.value, c.req.valid('json')));
  },
);
