import { type Bytes, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { decideCharge, lastChargeAtMs } from '../../../shared/protocol/payment/decide-charge.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { loadPayingCard } from '../../registry/parties.ts';
import { availableMinor, serialOf } from '../accounts.ts';
import type { ChargeCommand, RefuseChargeCommand, SubmitCommand } from '../commands.ts';
import type { Posting } from '../journal/posting.ts';
import type { Decided } from '../payments/answers.ts';
import { hasTooManyAttempts, loadSlowedAttempt } from '../payments/attempts.ts';
import {
  answerAsBefore,
  answerRefusal,
  loadState,
  type PaymentContext,
  refuseRequest,
  statusOf,
} from '../payments/payment-steps.ts';
import { payRequest } from '../payments/payments.ts';
import { signatureOf } from '../payments/requests.ts';
import { loadConsent, loadStanding } from '../payments/standing.ts';
import { submitRequest } from '../payments/submissions.ts';
import { insertPayCode, loadPayCodeStanding } from './pay-codes.ts';
import { isAccountSlowed, isCounted, raiseFlag } from './refused-tries.ts';

/**
 * The till scanned the customer: submits its request where it is not there yet, and charges the pay code to it; or asks the
 * customer, where it does not cover the amount and its phone listens. A repeated charge is answered as the payment stands.
 */
export function chargePayCode(context: PaymentContext, command: ChargeCommand, isWalletListening: boolean): Decided {
  const submitted = submitRequest(context, command, true);
  if (submitted.kind === 'refusal') return submitted;
  const { sql, rules, shelf, nowMs } = context;
  const { request, capture, payCode } = command;
  const loaded = loadConsent(sql, { ...command, authorisation: { ...payCode, hash: capture.hash } });
  const { standing, card, parties, posting, filed } = loaded;
  const account = posting.debit?.serial;
  const { state, isPairSpent } = loadPayCodeStanding(sql, payCode, account);
  // First of all: what else came under the same capture does not change what this one did.
  if (state.status === 'charged' && isEqualBytes(state.requestHash, request.hash))
    return answerAsBefore(context, request.traceKey);
  if (standing.finalRefusal) return answerRefusal(context, standing.finalRefusal.sequence);
  if (hasTooManyAttempts(sql, request.traceKey, 'charge')) return TOO_MANY;
  const decision = decideCharge(
    loadState(context, standing, request.traceKey),
    {
      requestHash: request.hash,
      amountMinor: request.amountMinor,
      payCode: state,
      isPairSpent,
      chargedAtMs: capture.chargedAtMs,
      payCodeExpiresAtMs: payCode.expiresAtMs,
      capMinor: payCode.capMinor,
      stepUpMinor: command.rules.stepUpMinor,
      isWalletListening,
      isAccountSlowed: account !== undefined && isAccountSlowed(context, account, request.terminalId),
      merchant: parties.merchant,
      terminal: parties.terminal,
      account: statusOf(posting.debit, card?.isRevoked),
      availableMinor: posting.debit ? availableMinor(posting.debit) : 0,
      isSameCurrency: request.currency === rules.currency && request.exponent === rules.exponent,
    },
    nowMs,
  );
  switch (decision.kind) {
    case 'repeat':
      return answerAsBefore(context, request.traceKey);
    case 'refuse': {
      const code = decision.code === 'account_frozen' && card?.isRevoked ? 'certificate_revoked' : decision.code;
      const couldPay = state.status === 'unseen' && nowMs <= lastChargeAtMs(payCode.expiresAtMs);
      const slows = couldPay && card?.isRevoked === false;
      return refuseTry(context, command, capture.hash, code, {
        account,
        payCode: payCode.hash,
        namesCard: true,
        slows,
      });
    }
    case 'ask': {
      const { debit } = posting as Posting;
      const charged = { outcome: 'asked', request: standing.id, account: debit.serial } as const;
      insertPayCode(sql, command, charged, shelf.file(command.walletCertificate, filed));
      return { ...answerAsBefore(context, request.traceKey), payCode: payCode.hash };
    }
    case 'pay': {
      const { debit } = posting as Posting;
      const charged = { outcome: 'paid', request: standing.id, account: debit.serial } as const;
      const walletCertificate = shelf.file(command.walletCertificate, filed);
      insertPayCode(sql, command, charged, walletCertificate);
      const consent = {
        hash: payCode.hash,
        consentedAtMs: capture.chargedAtMs,
        signature: signatureOf(command.showing),
        assertion: command.assertion,
        walletCertificate,
      };
      return payRequest(context, request, consent, standing, posting as Posting);
    }
  }
}

/**
 * A charge that the worker found wanting, of a request that is in order: the request waits on, the try is written down. Where
 * the phone is known that made what was scanned, it may count against its account.
 */
export function refuseCharge(context: PaymentContext, command: RefuseChargeCommand): Decided {
  const submitted = submitRequest(context, command, true);
  if (submitted.kind === 'refusal') return submitted;
  const { sql, nowMs } = context;
  const { request, documentHash, code, card } = command;
  const { finalRefusal } = loadStanding(sql, request.traceKey, documentHash);
  if (finalRefusal) return answerRefusal(context, finalRefusal.sequence);
  if (hasTooManyAttempts(sql, request.traceKey, 'charge')) return TOO_MANY;
  const paying = card && loadPayingCard(sql, card.walletCertificate.serial, card.accountToken);
  if (!paying) return refuseTry(context, command, documentHash, code, {});
  const account = serialOf(paying.accountNumber);
  const isSlowed = isAccountSlowed(context, account, request.terminalId);
  const { state } = loadPayCodeStanding(sql, { hash: card.payCode }, account);
  const couldPay = state.status === 'unseen' && nowMs <= lastChargeAtMs(card.payCodeExpiresAtMs);
  return refuseTry(context, command, documentHash, isSlowed ? 'account_slowed' : code, {
    account,
    payCode: card.payCode,
    namesCard: card.isJoined,
    slows: couldPay && !paying.isRevoked,
  });
}

/** Nothing more is said of a code to who tried so often for one request, and nothing more is written down. */
const TOO_MANY: Decided = { kind: 'refusal', code: 'account_slowed' };

interface TriedCard {
  readonly account?: number | undefined;
  readonly payCode?: Bytes;
  /** Whether the till has all of the codes that name the card. */
  readonly namesCard?: boolean;
  /** Whether the try may count towards the wait. */
  readonly slows?: boolean;
}

function refuseTry(
  context: PaymentContext,
  command: SubmitCommand,
  documentHash: Bytes,
  code: RefusalCode,
  { account, payCode, namesCard, slows = false }: TriedCard,
): Decided {
  if (account === undefined) return refuseRequest(context, 'charge', command, documentHash, code);
  const slowed = code === 'account_slowed' && loadSlowedAttempt(context.sql, command.request.traceKey, account);
  if (slowed) return answerRefusal(context, slowed.sequence);
  const known = { account, payCode, namesCard, slows: slows && isCounted(code) };
  const refused = refuseRequest(context, 'charge', command, documentHash, code, known);
  raiseFlag(context, account);
  return refused;
}
