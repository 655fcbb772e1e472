import { type Bytes, isEqualBytes } from '../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../shared/protocol/identifiers.ts';
import { decidePayment, type PartyStatus, type SubmitEvent } from '../../shared/protocol/payment/lifecycle.ts';
import type { VerifiedRequest } from '../../shared/protocol/payment/verify-request.ts';
import type { RefusalCode } from '../../shared/protocol/refusals.ts';
import { TRANS_TYPES } from '../../shared/protocol/trans-type.ts';
import { findTerminalSession } from '../registry/sessions.ts';
import { type Account, availableMinor, serialOf } from './accounts.ts';
import { type Decided, draftAnswer } from './answers.ts';
import { loadAttempt, type NewAttempt, recordAttempt } from './attempts.ts';
import { insertCarriedRequest, matchCarriedRequest } from './carried-requests.ts';
import type { CertificateShelf } from './certificates.ts';
import type { AuthoriseCommand, CancelCommand, RecordAttemptCommand, SubmitCommand } from './commands.ts';
import { assertBooks } from './contradiction.ts';
import { detailOfCancellation, detailOfPayment } from './entry-detail.ts';
import { rebuildAuthorisationHash } from './evidence.ts';
import { appendEntry, loadHead } from './journal.ts';
import { loadChargeOf } from './pay-codes/pay-codes.ts';
import { type Posting, writeTransfer } from './posting.ts';
import { draftFreshReceipt, draftRefusedReceipt } from './receipts.ts';
import {
  type Consent,
  insertPayment,
  insertRequest,
  loadRequest,
  type RequestRecord,
  signatureOf,
} from './requests.ts';
import type { BookContext } from './rules.ts';
import { isSameHash, sha256Now } from './sha256.ts';
import { loadConsent, loadStanding, loadSubmission, stateOf, type TraceStanding } from './standing.ts';
import { recordUnprovenAttempt } from './unproven-attempts.ts';

/** Each of these runs inside one transaction: load, decide, write, and say what to answer. */
export interface PaymentContext extends BookContext {
  readonly shelf: CertificateShelf;
  /** Of the centre key that will sign what is decided now. */
  readonly keyGeneration: number;
}

/** A request that came with what its terminal alone can say of it: nobody else carries that. */
export function submitOwnRequest(context: PaymentContext, command: SubmitCommand): Decided {
  const submitted = submitRequest(context, command);
  if (submitted.kind === 'answer') matchCarriedRequest(context.sql, command.request, context.nowMs);
  return submitted;
}

/**
 * R1.2, R1.3: the till hands its request in, and it waits; or it is unlawful, which is recorded, and the till is told. Whoever
 * scanned it may hand it in as well; only over the till's own session it says that the till knows of it.
 */
export function submitRequest(context: PaymentContext, command: SubmitCommand): Decided {
  const { sql, rules, shelf, nowMs } = context;
  const { request, terminalCertificate } = command;
  const { standing, parties, filed } = loadSubmission(sql, command);
  if (standing.finalRefusal) return answerRefusal(context, standing.finalRefusal.sequence);
  const { merchant, terminal, operator, merchantAccount } = parties;
  // A till that was offline while the programme shortened it claims more: its request lives as long as is allowed now.
  const expiresAtMs = Math.min(request.expiresAtMs, request.requestedAtMs + rules.requestValidSeconds * 1000);
  const event: SubmitEvent = {
    kind: 'submit',
    requestHash: request.hash,
    amountMinor: request.amountMinor,
    expiresAtMs,
    isSale: request.transType === TRANS_TYPES.sale,
    merchant,
    terminal,
    operator,
    amountMinorMax: rules.amountMinorMax,
  };
  const decision = decidePayment(loadState(context, standing, request.traceKey), event, nowMs);
  switch (decision.kind) {
    case 'repeat':
      if (isOwnSession(context, command)) matchCarriedRequest(sql, request, nowMs);
      return answerAsBefore(context, request.traceKey);
    case 'refuse':
      return refuseRequest(context, 'submission', command, request.hash, decision.code);
    case 'apply': {
      assertBooks(merchantAccount !== undefined, 'an open merchant has an account');
      const certificate = shelf.file(terminalCertificate, filed);
      insertRequest(sql, command, expiresAtMs, certificate, serialOf(merchantAccount), nowMs);
      const { traceKey } = request;
      return { kind: 'answer', answer: { traceKey, status: 'waiting', expiresAtMs, centreTimeMs: nowMs } };
    }
  }
}

function isOwnSession({ sql, nowMs }: PaymentContext, { request, tokenHash }: SubmitCommand): boolean {
  return tokenHash !== undefined && findTerminalSession(sql, tokenHash, nowMs)?.terminalId === request.terminalId;
}

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
  const { sql, nowMs } = context;
  if (loadStanding(sql, request.traceKey, authorisation.hash).status !== 'none') return undefined;
  const submitted = submitRequest(context, { request, document, terminalCertificate });
  if (submitted.kind === 'refusal') return submitted;
  insertCarriedRequest(sql, loadStanding(sql, request.traceKey, request.hash).id, nowMs);
  return undefined;
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
  const answer = { traceKey, status: 'paid', expiresAtMs, centreTimeMs: nowMs, receipt } as const;
  return { kind: 'answer', answer, isNews: true };
}

/** The till takes its request back: from then on it cannot be paid. */
export function cancelRequest(context: PaymentContext, command: CancelCommand): Decided {
  const { sql, nowMs } = context;
  const { traceKey, requestHash, document, hash } = command;
  const record = loadRequest(sql, traceKey);
  const isAnothers = record && !isAskersKey(context, record, command.publicKey);
  const objection = command.objection ?? (isAnothers ? 'terminal_closed' : undefined);
  // Recorded by its bytes: two keys may sign the same content, and only the asker's own shall get a last word on it.
  if (objection) return refuseCancellation(context, command, record, sha256Now(document), objection);
  const standing = loadStanding(sql, traceKey, hash);
  if (standing.finalRefusal) return answerRefusal(context, standing.finalRefusal.sequence);
  const state = loadState(context, standing, traceKey);
  const decision = decidePayment(state, { kind: 'cancel', requestHash }, nowMs);
  switch (decision.kind) {
    case 'repeat':
      return answerAsBefore(context, traceKey);
    case 'refuse':
      return refuseCancellation(context, command, record, hash, decision.code);
    case 'apply': {
      const detail = detailOfCancellation(standing.requestHash, hash);
      const { sequence } = appendEntry(
        sql,
        loadHead(sql),
        { kind: 'cancellation', subject: standing.id, detail },
        nowMs,
      );
      sql.exec(
        'INSERT INTO cancellations (request, sequence, document) VALUES (?, ?, ?)',
        standing.id,
        sequence,
        document,
      );
      return { ...answerAsBefore(context, traceKey), isNews: true };
    }
  }
}

function refuseCancellation(
  context: PaymentContext,
  { traceKey, requestHash, terminalCertificate }: CancelCommand,
  record: RequestRecord | undefined,
  documentHash: Bytes,
  code: RefusalCode,
): Decided {
  const kind = 'cancellation';
  if (record) recordAttempt(context, { ...record, kind, documentHash, requestHash, code });
  // What was never handed in has no fields to record.
  else recordUnprovenAttempt(context, { kind, documentHash, code, traceKey, terminalCertificate });
  return { kind: 'refusal', code };
}

/** A terminal's name outlives its tablets: the one before may not take back what the one in use asks for. */
function isAskersKey({ shelf }: PaymentContext, record: RequestRecord, publicKey: Bytes): boolean {
  return isEqualBytes(shelf.terminal(record.certificate).content.publicKey, publicKey);
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

/** A withdrawn certificate is told apart from a frozen account only after the account could have been spent from. */
export function statusOf(account: Account | undefined, isRevoked: boolean | undefined): PartyStatus {
  if (!account) return 'unknown';
  return isRevoked ? 'closed' : account.status;
}

export function loadState(context: PaymentContext, standing: TraceStanding, traceKey: TraceKey) {
  return stateOf(standing, () => {
    const record = loadRequest(context.sql, traceKey);
    assertBooks(record?.paid !== undefined, `${traceKey} is paid`);
    return rebuildAuthorisationHash(context.shelf, record, record.paid);
  });
}

export function refuseRequest(
  context: PaymentContext,
  kind: NewAttempt['kind'],
  { request, terminalCertificate }: Pick<AuthoriseCommand, 'request' | 'terminalCertificate'>,
  documentHash: Bytes,
  code: RefusalCode,
  known: Pick<NewAttempt, 'account' | 'payCode' | 'namesCard' | 'slows'> = {},
): Decided {
  const { traceKey, hash, operatorNo, transType, amountMinor } = request;
  const recorded = recordAttempt(context, {
    kind,
    traceKey,
    documentHash,
    code,
    requestHash: hash,
    operatorNo,
    transType,
    amountMinor,
    certificate: context.shelf.file(terminalCertificate),
    ...known,
    keyGeneration: context.keyGeneration,
  });
  const receipt = recorded && draftRefusedReceipt(context, recorded.attempt);
  // Who waits has heard of what is in the books already; whoever repeats it does not ring twice.
  const news = recorded?.isNew ? { isNews: kind === 'authorisation', payCode: known.payCode } : {};
  return { kind: 'refusal', code, receipt, ...news };
}

export function answerRefusal(context: PaymentContext, sequence: number): Decided {
  const attempt = loadAttempt(context.sql, sequence);
  assertBooks(attempt !== undefined, `attempt ${sequence} is there`);
  return { kind: 'refusal', code: attempt.code, receipt: draftRefusedReceipt(context, attempt) };
}

export function answerAsBefore(context: PaymentContext, traceKey: TraceKey): Decided {
  const record = loadRequest(context.sql, traceKey);
  assertBooks(record !== undefined, `${traceKey} was handed in`);
  return answerRecord(context, record);
}

function answerRecord(context: PaymentContext, record: RequestRecord): Decided {
  return { kind: 'answer', answer: draftAnswer(context, record, context.nowMs) };
}
