import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept } from '../../../shared/protocol/result.ts';
import type { PaymentAnswer } from '../../../shared/protocol/wire/payments.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import type { PaymentResult } from '../commands.ts';
import { isCustomerAsked } from '../pay-codes/pay-codes.ts';
import { loadNewestPayerAttempt } from './attempts.ts';
import {
  draftPaidReceipt,
  draftRefusedReceipt,
  type ReceiptDraft,
  type ReceiptSources,
  signReceipt,
} from './receipts.ts';
import type { RequestRecord } from './requests.ts';

/** An answer whose receipts still have to be signed: made inside the transaction or from one look at the books. */
export interface AnswerDraft {
  readonly traceKey: TraceKey;
  readonly status: PaymentAnswer['status'];
  readonly expiresAtMs: number;
  readonly centreTimeMs: number;
  readonly receipt?: ReceiptDraft | undefined;
  readonly paidAtMs?: number | undefined;
  readonly lastRefusal?: { readonly code: RefusalCode; readonly receipt?: ReceiptDraft | undefined } | undefined;
  readonly isCustomerAsked?: boolean | undefined;
}

/**
 * What a decision says: how the payment stands, or why the document was refused. News is what the till that waits has not
 * heard yet; `payCode` names the one whose phone is to be told.
 */
export type Decided = { readonly isNews?: boolean; readonly payCode?: Bytes | undefined } & (
  | { readonly kind: 'answer'; readonly answer: AnswerDraft }
  | { readonly kind: 'refusal'; readonly code: RefusalCode; readonly receipt?: ReceiptDraft | undefined }
);

/** How a payment stands now: the answer to a poll, and the message on the till's socket. */
export function draftStanding(sources: ReceiptSources, record: RequestRecord, nowMs: number): AnswerDraft {
  return { ...draftAnswer(sources, record, nowMs), centreTimeMs: nowMs };
}

/**
 * The answer to a document. Its time is when that became true, so that the same document gets the same answer, byte for
 * byte, for as long as the payment stands as it does.
 */
export function draftAnswer(sources: ReceiptSources, record: RequestRecord, nowMs: number): AnswerDraft {
  const { traceKey, expiresAtMs, paid, cancelled } = record;
  if (paid) {
    const receipt = draftPaidReceipt(sources, record, paid);
    const { atMs: centreTimeMs, paidAtMs } = paid;
    return { traceKey, status: 'paid', expiresAtMs, centreTimeMs, receipt, paidAtMs };
  }
  if (cancelled) return { traceKey, status: 'cancelled', expiresAtMs, centreTimeMs: cancelled.atMs };
  if (nowMs > expiresAtMs) return { traceKey, status: 'expired', expiresAtMs, centreTimeMs: expiresAtMs };
  const attempt = loadNewestPayerAttempt(sources.sql, traceKey);
  const lastRefusal = attempt && { code: attempt.code, receipt: draftRefusedReceipt(sources, attempt) };
  const isAsked = isCustomerAsked(sources.sql, record.id) || undefined;
  const centreTimeMs = record.submittedAtMs;
  return { traceKey, status: 'waiting', expiresAtMs, centreTimeMs, lastRefusal, isCustomerAsked: isAsked };
}

export async function signAnswer(draft: AnswerDraft, signer: CentreSigner): Promise<PaymentAnswer> {
  const { traceKey, status, expiresAtMs, centreTimeMs, receipt, paidAtMs, lastRefusal, isCustomerAsked } = draft;
  return {
    traceKey,
    status,
    expiresAtMs,
    centreTimeMs,
    ...(receipt && { receipt: await signText(receipt, signer) }),
    ...(paidAtMs !== undefined && { paidAtMs }),
    ...(lastRefusal && { lastRefusal: await signRefusal(lastRefusal, signer) }),
    ...(isCustomerAsked && { isCustomerAsked }),
  };
}

export async function signRefusal(
  { code, receipt }: NonNullable<AnswerDraft['lastRefusal']>,
  signer: CentreSigner,
): Promise<NonNullable<PaymentAnswer['lastRefusal']>> {
  return { code, ...(receipt && { receipt: await signText(receipt, signer) }) };
}

export async function signDecided(decided: Decided, signer: CentreSigner): Promise<PaymentResult> {
  if (decided.kind === 'answer') return accept(await signAnswer(decided.answer, signer));
  const { code, receipt } = decided;
  return { ok: false, code, ...(receipt && { receipt: await signText(receipt, signer) }) };
}

async function signText(draft: ReceiptDraft, signer: CentreSigner): Promise<string> {
  return encodeBase64url(await signReceipt(draft, signer));
}
