import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { PayCodeAnswer } from '../../../shared/protocol/wire/pay-codes.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import { type AnswerDraft, draftStanding, signAnswer, signRefusal } from '../payments/answers.ts';
import { loadNewestAttemptOf } from '../payments/attempts.ts';
import { rebuildEvidence } from '../payments/evidence.ts';
import { draftRefusedReceipt, type ReceiptDraft, type ReceiptSources } from '../payments/receipts.ts';
import { loadRequestById } from '../payments/requests.ts';
import { type ChargedPayCode, loadCancelledAccount, loadChargedPayCode } from './pay-codes.ts';

/** How a pay code stands, with receipts that still have to be signed. */
export interface PayCodeDraft {
  readonly hash: Bytes;
  /** Serial of the account it is of; undefined where the centre knows nothing of it. */
  readonly account: number | undefined;
  readonly status: PayCodeAnswer['status'];
  readonly payment?: AnswerDraft;
  readonly order?: { readonly request: Bytes; readonly terminalCertificate: Bytes };
  readonly lastRefusal?: { readonly code: RefusalCode; readonly receipt: ReceiptDraft | undefined };
}

/** How a pay code stands now, for its customer. One that nobody tried is `open` to whoever asks: there is nothing to know. */
export function draftPayCode(sources: ReceiptSources, hash: Bytes, nowMs: number): PayCodeDraft {
  const { sql } = sources;
  const charged = loadChargedPayCode(sql, hash);
  const cancelledOf = loadCancelledAccount(sql, hash);
  if (charged) return draftCharged(sources, hash, charged, cancelledOf !== undefined, nowMs);
  if (cancelledOf !== undefined) return { hash, account: cancelledOf, status: 'cancelled' };
  const attempt = loadNewestAttemptOf(sql, hash);
  if (!attempt) return { hash, account: undefined, status: 'open' };
  const lastRefusal = { code: attempt.code, receipt: draftRefusedReceipt(sources, attempt) };
  return { hash, account: attempt.account, status: 'open', lastRefusal };
}

/** One that its customer was asked about ends with the order: paid with this card, or over. */
function draftCharged(
  sources: ReceiptSources,
  hash: Bytes,
  { request, account }: ChargedPayCode,
  isDeclined: boolean,
  nowMs: number,
): PayCodeDraft {
  const record = loadRequestById(sources.sql, request);
  const standing = draftStanding(sources, record, nowMs);
  if (record.paid) {
    if (record.paid.account === account) return { hash, account, status: 'paid', payment: standing };
    // Somebody else paid it: that is none of this customer's business.
    return { hash, account, status: 'cancelled' };
  }
  // Nor are the tries of others.
  const { lastRefusal: _, ...payment } = standing;
  if (isDeclined || payment.status !== 'waiting') return { hash, account, status: 'cancelled', payment };
  const { request: document, terminalCertificate } = rebuildEvidence(sources.shelf, record);
  return { hash, account, status: 'asked', payment, order: { request: document, terminalCertificate } };
}

export async function signPayCode(draft: PayCodeDraft, signer: CentreSigner): Promise<PayCodeAnswer> {
  const { hash, status, payment, order, lastRefusal } = draft;
  return {
    payCode: encodeBase64url(hash),
    status,
    ...(payment && { payment: await signAnswer(payment, signer) }),
    ...(order && {
      order: {
        request: encodeBase64url(order.request),
        terminalCertificate: encodeBase64url(order.terminalCertificate),
      },
    }),
    ...(lastRefusal && { lastRefusal: await signRefusal(lastRefusal, signer) }),
  };
}
