import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import { decidePayment } from '../../../shared/protocol/payment/lifecycle.ts';
import { paidBeforeMs } from '../../../shared/protocol/payment/paid-at.ts';
import type { VerifiedRequest } from '../../../shared/protocol/payment/verify-request.ts';
import { availableMinor } from '../accounts.ts';
import type { AuthoriseCommand, RecordAttemptCommand } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import { detailOfPayment } from '../journal/entry-detail.ts';
import { type Posting, writeTransfer } from '../journal/posting.ts';
import { loadChargeOf } from '../pay-codes/pay-codes.ts';
import { isSameHash } from '../sha256.ts';
import type { Decided } from './answers.ts';
import { rebuildAuthorisationHash } from './evidence.ts';
import {
  answerAsBefore,
  answerRecord,
  answerRefusal,
  loadState,
  type PaymentContext,
  refuseRequest,
  statusOf,
  TOO_EARLY,
} from './payment-steps.ts';
import { draftFreshReceipt } from './receipts.ts';
import { type Consent, insertPayment, loadRequest, signatureOf } from './requests.ts';
import { loadConsent, loadStanding, type TraceStanding } from './standing.ts';
import { submitRequest } from './submissions.ts';

/** R1.7: finds the till's submission by trace key, compares hash with hash, and moves the money; or records why not. */
export function authorise(context: PaymentContext, command: AuthoriseCommand): Decided {
  const { sql, rules, nowMs } = context;
  const { authorisation, request } = command;
  const { traceKey } = request;
  const refused = command.carriedRequest && carryRequest(context, command, command.carriedRequest);
  if (refused) return refused;
  const { standing, card, parties, posting, filed } = loadConsent(sql, command);
  if (standing.finalRefusal) return answerRefusal(context, standing.finalRefusal.sequence);
  const decision = decidePayment(
    loadState(context, standing, traceKey),
    {
      kind: 'authorise',
      requestHash: authorisation.requestHash,
      authorisationHash: authorisation.hash,
      amountMinor: authorisation.amountMinor,
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
      return answerAsBefore(context, traceKey);
    case 'refuse': {
      if (decision.code === 'request_unknown') return TOO_EARLY;
      const code = decision.code === 'account_frozen' && card?.isRevoked ? 'certificate_revoked' : decision.code;
      const account = posting.debit?.serial;
      return refuseRequest(context, 'authorisation', command, authorisation.hash, code, { account });
    }
    case 'apply': {
      const consent = {
        hash: authorisation.hash,
        consentedAtMs: authorisation.authorisedAtMs,
        signature: signatureOf(command.document),
        assertion: command.assertion,
        walletCertificate: context.shelf.file(command.walletCertificate, filed),
      };
      return payRequest(context, request, consent, standing, posting as Posting);
    }
  }
}

/** Takes the request in place of a till's that has no network, unless it is there. @returns why it is not lawful */
function carryRequest(
  context: PaymentContext,
  { request, authorisation, terminalCertificate }: AuthoriseCommand,
  document: Bytes,
): Decided | undefined {
  if (loadStanding(context.sql, request.traceKey, authorisation.hash).status !== 'none') return undefined;
  const submitted = submitRequest(context, { request, document, terminalCertificate }, false);
  return submitted.kind === 'refusal' ? submitted : undefined;
}

/**
 * After this point it must succeed: payment, transfer, both accounts and journal entry, in the open transaction.
 * @param account whose consent it is, where another pays for it: the programme's guarantee
 */
export function payRequest(
  { sql, rules, nowMs, keyGeneration }: PaymentContext,
  request: VerifiedRequest,
  consent: Consent,
  standing: TraceStanding,
  posting: Posting,
  account = posting.debit.serial,
): Decided {
  assertBooks(posting.credit?.kind === 'merchant', 'a request that waits has a merchant to be paid');
  const { sequence } = writeTransfer(
    sql,
    posting,
    {
      kind: 'payment',
      amountMinor: standing.amountMinor,
      subject: standing.id,
      detail: detailOfPayment(standing.requestHash, consent.hash),
    },
    nowMs,
  );
  insertPayment(sql, standing.id, sequence, consent, keyGeneration);
  const receipt = draftFreshReceipt(rules, {
    request,
    authorisationHash: consent.hash,
    account,
    sequence,
    previous: posting.head,
    decidedAtMs: nowMs,
    keyGeneration,
  });
  const { traceKey } = request;
  const { expiresAtMs } = standing;
  const paidAtMs = paidBeforeMs({ consentedAtMs: consent.consentedAtMs, expiresAtMs, decidedAtMs: nowMs });
  const answer = { traceKey, status: 'paid', expiresAtMs, centreTimeMs: nowMs, receipt, paidAtMs } as const;
  return { kind: 'answer', answer, isNews: true };
}

/** What the worker refused before it came here. */
export function recordRefusedDocument(context: PaymentContext, command: RecordAttemptCommand): Decided {
  return refuseRequest(context, command.kind, command, command.documentHash, command.code);
}

/** The first answer to a document that was decided on before; undefined for one that is new here. */
export function answerRepeated(context: PaymentContext, traceKey: TraceKey, documentHash: Bytes): Decided | undefined {
  const { sql, shelf } = context;
  const standing = loadStanding(sql, traceKey, documentHash);
  const record = loadRequest(sql, traceKey);
  const isCharge = record && loadChargeOf(sql, documentHash)?.request === record.id;
  if (isCharge) return answerRecord(context, record);
  if (standing.finalRefusal) return answerRefusal(context, standing.finalRefusal.sequence);
  if (!record) return undefined;
  const isRequest = isSameHash(record.hash, documentHash);
  const isConsent = record.paid && isSameHash(rebuildAuthorisationHash(shelf, record, record.paid), documentHash);
  return isRequest || isConsent ? answerRecord(context, record) : undefined;
}
