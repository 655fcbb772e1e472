import type { Bytes } from '../../shared/protocol/bytes.ts';
import { decideCharge } from '../../shared/protocol/payment/decide-charge.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { loadPayingCardAccount } from '../registry/parties.ts';
import { availableMinor, serialOf } from './accounts.ts';
import type { Decided } from './answers.ts';
import type { ChargeCommand, RefuseChargeCommand, SubmitCommand } from './commands.ts';
import { insertPayCode, loadPayCodeStanding } from './pay-codes.ts';
import {
  answerAsBefore,
  answerRefusal,
  loadState,
  type PaymentContext,
  payRequest,
  refuseRequest,
  statusOf,
  submitRequest,
} from './payments.ts';
import type { Posting } from './posting.ts';
import { isAccountSlowed, raiseFlag } from './refused-tries.ts';
import { signatureOf } from './requests.ts';
import { loadConsent, loadStanding } from './standing.ts';

/**
 * The till scanned the customer: submits its request where it is not there yet, and charges the pay code to it; or asks the
 * customer, where it does not cover the amount and its phone listens. A repeated charge is answered as the payment stands.
 */
export function chargePayCode(context: PaymentContext, command: ChargeCommand, isWalletListening: boolean): Decided {
  const submitted = submitRequest(context, command);
  if (submitted.kind === 'refusal') return submitted;
  const { sql, rules, shelf, nowMs } = context;
  const { request, capture, payCode } = command;
  const loaded = loadConsent(sql, { ...command, authorisation: { ...payCode, hash: capture.hash } });
  const { standing, card, parties, posting, filed } = loaded;
  if (standing.finalRefusal) return answerRefusal(context, standing.finalRefusal.sequence);
  const { state, isPairSpent } = loadPayCodeStanding(sql, payCode.hash, payCode.pairId);
  const account = posting.debit?.serial;
  const decision = decideCharge(
    loadState(context, standing, request.traceKey),
    {
      requestHash: request.hash,
      amountMinor: request.amountMinor,
      payCode: state,
      pairId: payCode.pairId,
      isPairSpent,
      capMinor: payCode.capMinor,
      stepUpMinor: command.rules.stepUpMinor,
      isWalletListening,
      isAccountSlowed: account !== undefined && isAccountSlowed(context, account),
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
      return refuseTry(context, command, capture.hash, code, account, payCode.hash);
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
 * the phone is known that made what was scanned, it counts against its account.
 */
export function refuseCharge(context: PaymentContext, command: RefuseChargeCommand): Decided {
  const submitted = submitRequest(context, command);
  if (submitted.kind === 'refusal') return submitted;
  const { sql } = context;
  const { request, documentHash, code, card } = command;
  const { finalRefusal } = loadStanding(sql, request.traceKey, documentHash);
  if (finalRefusal) return answerRefusal(context, finalRefusal.sequence);
  const { walletCertificate, accountToken } = card ?? {};
  const accountNumber =
    walletCertificate && accountToken && loadPayingCardAccount(sql, walletCertificate.serial, accountToken);
  const account = accountNumber && serialOf(accountNumber);
  const isSlowed = account !== undefined && isAccountSlowed(context, account);
  return refuseTry(context, command, documentHash, isSlowed ? 'account_slowed' : code, account, card?.payCode);
}

function refuseTry(
  context: PaymentContext,
  command: SubmitCommand,
  documentHash: Bytes,
  code: RefusalCode,
  account: number | undefined,
  payCode: Bytes | undefined,
): Decided {
  const known = account === undefined ? {} : { account, payCode };
  const refused = refuseRequest(context, 'charge', command, documentHash, code, known);
  if (account !== undefined) raiseFlag(context, account);
  return refused;
}
