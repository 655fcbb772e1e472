import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { PartyStatus } from '../../../shared/protocol/payment/lifecycle.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { Account } from '../accounts.ts';
import type { AuthoriseCommand } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import type { BookContext } from '../rules.ts';
import { type Decided, draftAnswer } from './answers.ts';
import { loadAttempt, type NewAttempt, recordAttempt } from './attempts.ts';
import type { CertificateShelf } from './certificates.ts';
import { rebuildAuthorisationHash } from './evidence.ts';
import { draftRefusedReceipt } from './receipts.ts';
import { loadRequest, type RequestRecord } from './requests.ts';
import { stateOf, type TraceStanding } from './standing.ts';

/** Whatever is decided of a payment runs inside one transaction: load, decide, write, and say what to answer. */
export interface PaymentContext extends BookContext {
  readonly shelf: CertificateShelf;
  /** Of the centre key that will sign what is decided now. */
  readonly keyGeneration: number;
}

/** The phone's word came before the till's: it comes again, or carries the request. Nothing was tried, so there is nothing to record. */
export const TOO_EARLY: Decided = { kind: 'refusal', code: 'request_unknown' };

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

export function answerRecord(context: PaymentContext, record: RequestRecord): Decided {
  return { kind: 'answer', answer: draftAnswer(context, record, context.nowMs) };
}
