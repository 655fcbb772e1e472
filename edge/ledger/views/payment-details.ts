import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { decodeContent } from '../../../shared/protocol/documents/document.ts';
import { PayCode } from '../../../shared/protocol/documents/pay-code.ts';
import type { AccountNumber, MerchantNo, ParticipantCode, TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { nameOfTransType, type TransType } from '../../../shared/protocol/trans-type.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import { accountNumberOf, cardEndingOf } from '../accounts.ts';
import { describeLink, type LinkView } from '../offline/describe-link.ts';
import { type AttemptKind, type AttemptRecord, loadAttempts } from '../payments/attempts.ts';
import { type CarriedState, loadCarriedState } from '../payments/carried-requests.ts';
import { type PaymentEvidence, rebuildEvidence } from '../payments/evidence.ts';
import { draftPaidReceipt, type ReceiptSources, signReceipt } from '../payments/receipts.ts';
import { loadRequest, type RequestRecord } from '../payments/requests.ts';
import { type ShownStatus, statusOf } from './search-payments.ts';

/** One payment with all that is known of it. */
export interface PaymentDetails {
  readonly traceKey: TraceKey;
  readonly status: ShownStatus;
  readonly merchantNo: MerchantNo;
  readonly shopName: string;
  readonly acquirer: ParticipantCode;
  readonly terminalId: string;
  readonly operatorNo: string;
  readonly transType: TransType;
  readonly batchNo: number;
  readonly voucherNo: number;
  readonly amountMinor: number;
  readonly requestHash: Bytes;
  /** Of a request that was handed in and that was lawful. */
  readonly request?: {
    readonly requestedAtMs: number;
    readonly submittedAtMs: number;
    readonly expiresAtMs: number;
    /** Where the customer's phone brought it, for the till had no network: whether the till has said the same since. */
    readonly carried?: CarriedState;
  };
  readonly paid?: {
    readonly accountNumber: AccountNumber;
    readonly authorisationHash: Bytes;
    readonly sequence: number;
    readonly previousHash: Bytes;
    readonly decidedAtMs: number;
    /** When the customer paid, where that was before the books heard of it. */
    readonly paidAtMs?: number;
    readonly receipt: Bytes;
    /** Where the till scanned the customer. */
    readonly payCode?: { readonly capMinor: number; readonly createdAtMs: number };
    /** Where the phone had money set aside, whether or not anyone had a network. */
    readonly offline?: LinkView;
  };
  readonly evidence?: PaymentEvidence;
  /** Newest first. */
  readonly attempts: readonly AttemptView[];
}

export interface AttemptView {
  readonly atMs: number;
  readonly kind: AttemptKind;
  readonly code: RefusalCode;
  readonly amountMinor: number;
  readonly cardEnding?: string;
  readonly documentHash: Bytes;
}

/** @returns undefined for a trace key that was never heard of */
export async function loadPaymentDetails(
  sources: ReceiptSources,
  signer: CentreSigner,
  traceKey: TraceKey,
  nowMs: number,
): Promise<PaymentDetails | undefined> {
  const record = loadRequest(sources.sql, traceKey);
  const attempts = loadAttempts(sources.sql, traceKey);
  const shown = record ?? attempts[0];
  if (!shown) return undefined;
  const views = attempts.map((attempt) => describeAttempt(sources, attempt));
  const facts = { ...describeFields(sources, shown), attempts: views };
  if (!record) return { ...facts, status: 'refused', requestHash: (shown as AttemptRecord).requestHash };
  const { requestedAtSeconds, submittedAtMs, expiresAtMs, hash } = record;
  return {
    ...facts,
    status: statusOf(record, nowMs),
    requestHash: hash,
    request: {
      requestedAtMs: requestedAtSeconds * 1000,
      submittedAtMs,
      expiresAtMs,
      ...withCarried(sources.sql, record.id),
    },
    ...(await describePaid(sources, signer, record)),
    evidence: rebuildEvidence(sources.shelf, record),
  };
}

function withCarried(sql: SqlStorage, request: number): { readonly carried?: CarriedState } {
  const carried = loadCarriedState(sql, request);
  return carried ? { carried } : {};
}

async function describePaid(
  sources: ReceiptSources,
  signer: CentreSigner,
  record: RequestRecord,
): Promise<Pick<PaymentDetails, 'paid'>> {
  if (!record.paid) return {};
  const draft = draftPaidReceipt(sources, record, record.paid);
  const { authorisationHash, sequence, previousHash, decidedAtMs } = draft.content;
  const receipt = await signReceipt(draft, signer);
  const accountNumber = accountNumberOf(sources.rules.participant, record.paid.account);
  const offline = describeLink(sources.sql, record.id, authorisationHash);
  const paid = {
    ...{ accountNumber, authorisationHash, sequence, previousHash, decidedAtMs, receipt },
    ...(record.paid.paidAtMs !== undefined && { paidAtMs: record.paid.paidAtMs }),
    ...(offline && { offline }),
  };
  const payCode = record.paid.payCode && decodeContent(PayCode, record.paid.payCode.content);
  if (!payCode) return { paid };
  const { capMinor, createdAtMs } = payCode;
  return { paid: { ...paid, payCode: { capMinor, createdAtMs } } };
}

function describeFields({ shelf }: ReceiptSources, shown: RequestRecord | AttemptRecord) {
  const { merchantNo, shopName, acquirer } = shelf.terminal(shown.certificate).content;
  const { traceKey, terminalId, operatorNo, batchNo, voucherNo, amountMinor } = shown;
  const transType = nameOfTransType(shown.transType);
  return {
    traceKey,
    merchantNo,
    shopName,
    acquirer,
    terminalId,
    operatorNo,
    transType,
    batchNo,
    voucherNo,
    amountMinor,
  };
}

function describeAttempt({ rules }: ReceiptSources, attempt: AttemptRecord): AttemptView {
  const { atMs, kind, code, amountMinor, account, documentHash } = attempt;
  const cardEnding = account === undefined ? undefined : cardEndingOf(rules.participant, account);
  return { atMs, kind, code, amountMinor, documentHash, ...(cardEnding !== undefined && { cardEnding }) };
}
