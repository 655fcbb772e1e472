import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import {
  type BatchNo,
  decodeTraceKey,
  formatTraceKey,
  type OperatorNo,
  type TerminalId,
  type TraceKey,
  type VoucherNo,
} from '../../../shared/protocol/identifiers.ts';
import { paidBeforeMs } from '../../../shared/protocol/payment/paid-at.ts';
import type { TransTypeNumber } from '../../../shared/protocol/trans-type.ts';
import type { SubmitCommand } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import type { PaidLink } from '../offline/links.ts';

/** A request as the books know it, and how it ended: all that answers and receipts are made of. */
export interface RequestRecord {
  readonly id: number;
  readonly traceKey: TraceKey;
  readonly terminalId: TerminalId;
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
  readonly operatorNo: OperatorNo;
  readonly transType: TransTypeNumber;
  readonly amountMinor: AmountMinor;
  readonly requestedAtSeconds: number;
  /** What it claims. */
  readonly validForSeconds: number;
  readonly nonce: Bytes;
  readonly hash: Bytes;
  readonly signature: Bytes;
  /** Row of the terminal certificate. */
  readonly certificate: number;
  readonly merchantAccount: number;
  readonly submittedAtMs: number;
  /** As it claims, or sooner where the programme allowed less. */
  readonly expiresAtMs: number;
  readonly paid?: PaidRecord;
  readonly cancelled?: { readonly sequence: number; readonly atMs: number };
}

export interface PaidRecord {
  readonly sequence: number;
  readonly atMs: number;
  /** Serial of the account that paid; or that was to, where the guarantee did. */
  readonly account: number;
  readonly authorisedAtMs: number;
  /** When the customer paid, where the books heard of it after the request had ended. */
  readonly paidAtMs?: number;
  readonly signature: Bytes;
  readonly assertion: Bytes;
  readonly walletCertificate: number;
  readonly keyGeneration: number;
  /** Where a pay code was the consent, and not an authorisation. */
  readonly payCode?: PaidPayCode;
  /** Where the authorisation has a place in the chain of an allowance. */
  readonly link?: PaidLink;
}

/** What proves that a pay code was charged, and the rules that it was judged by. */
export interface PaidPayCode {
  readonly content: Bytes;
  readonly showing: Bytes;
  readonly capture: Bytes;
  readonly windowMs: number;
  readonly toleranceMs: number;
  readonly stepUpMinor: number;
}

/** What the books keep of a consent: the phone's signature and the passkey's on it, and with which certificate. */
export interface Consent {
  /** Content hash of the authorisation, or of the pay code. */
  readonly hash: Bytes;
  readonly consentedAtMs: number;
  readonly signature: Bytes;
  readonly assertion: Bytes;
  /** Row of the wallet certificate. */
  readonly walletCertificate: number;
}

interface RequestRow extends Record<string, SqlStorageValue> {
  id: number;
  terminal_id: string;
  batch_no: number;
  voucher_no: number;
  operator_no: string;
  trans_type: number;
  amount_minor: number;
  requested_at_seconds: number;
  valid_for_seconds: number;
  lasts_seconds: number | null;
  nonce: ArrayBuffer;
  hash: ArrayBuffer;
  signature: ArrayBuffer;
  certificate: number;
  merchant_account: number;
  submitted_at_ms: number;
  paid_sequence: number | null;
  paid_at_ms: number;
  account: number;
  authorised_at_ms: number;
  consent_signature: ArrayBuffer;
  assertion: ArrayBuffer;
  wallet_certificate: number;
  key_generation: number;
  pay_code: ArrayBuffer | null;
  showing: ArrayBuffer;
  capture: ArrayBuffer;
  window_ms: number;
  tolerance_ms: number;
  step_up_minor: number;
  allowance: ArrayBuffer | null;
  counter: number;
  previous: ArrayBuffer;
  cumulative_minor: number;
  cancelled_sequence: number | null;
  cancelled_at_ms: number;
}

/** When a request of `r` can be paid no more. */
export const EXPIRES_AT_SECONDS = 'r.requested_at_seconds + coalesce(r.lasts_seconds, r.valid_for_seconds)';

/** Continue with a WHERE on `r`. */
export const SELECT_REQUESTS = `
  SELECT r.*, p.sequence AS paid_sequence, pj.at_ms AS paid_at_ms, coalesce(al.account, pj.debit) AS account, p.authorised_at_ms,
    p.signature AS consent_signature, p.assertion, p.wallet_certificate, p.key_generation,
    pc.content AS pay_code, pc.showing, pc.capture, pc.window_ms, pc.tolerance_ms, pc.step_up_minor,
    al.serial AS allowance, l.counter, l.previous, l.cumulative_minor,
    c.sequence AS cancelled_sequence, cj.at_ms AS cancelled_at_ms
  FROM requests r
  LEFT JOIN payments p ON p.request = r.id
  LEFT JOIN journal pj ON pj.sequence = p.sequence
  LEFT JOIN pay_codes pc ON pc.request = p.request AND pc.outcome = 'paid'
  LEFT JOIN allowance_links l ON l.request = p.request
  LEFT JOIN allowances al ON al.id = l.allowance
  LEFT JOIN cancellations c ON c.request = r.id
  LEFT JOIN journal cj ON cj.sequence = c.sequence `;

const BY_TRACE_KEY = `${SELECT_REQUESTS} WHERE r.terminal_id = ? AND r.batch_no = ? AND r.voucher_no = ?`;
const BY_ID = `${SELECT_REQUESTS} WHERE r.id = ?`;

export function loadRequest(sql: SqlStorage, traceKey: TraceKey): RequestRecord | undefined {
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(traceKey);
  return selectRequests(sql, BY_TRACE_KEY, terminalId, batchNo, voucherNo)[0];
}

export function loadRequestById(sql: SqlStorage, id: number): RequestRecord {
  const [request] = selectRequests(sql, BY_ID, id);
  assertBooks(request !== undefined, `request ${id} is there`);
  return request;
}

export function selectRequests(sql: SqlStorage, query: string, ...bindings: SqlStorageValue[]): RequestRecord[] {
  return sql
    .exec<RequestRow>(query, ...bindings)
    .toArray()
    .map(decodeRequestRow);
}

function decodeRequestRow(row: RequestRow): RequestRecord {
  const terminalId = row.terminal_id as TerminalId;
  const batchNo = row.batch_no as BatchNo;
  const voucherNo = row.voucher_no as VoucherNo;
  const expiresAtMs = (row.requested_at_seconds + (row.lasts_seconds ?? row.valid_for_seconds)) * 1000;
  const paidAtMs = paidBeforeMs({ consentedAtMs: row.authorised_at_ms, expiresAtMs, decidedAtMs: row.paid_at_ms });
  return {
    id: row.id,
    traceKey: formatTraceKey({ terminalId, batchNo, voucherNo }),
    terminalId,
    batchNo,
    voucherNo,
    operatorNo: row.operator_no as OperatorNo,
    transType: row.trans_type as TransTypeNumber,
    amountMinor: row.amount_minor as AmountMinor,
    requestedAtSeconds: row.requested_at_seconds,
    validForSeconds: row.valid_for_seconds,
    nonce: new Uint8Array(row.nonce),
    hash: new Uint8Array(row.hash),
    signature: new Uint8Array(row.signature),
    certificate: row.certificate,
    merchantAccount: row.merchant_account,
    submittedAtMs: row.submitted_at_ms,
    expiresAtMs,
    ...(row.paid_sequence !== null && {
      paid: {
        sequence: row.paid_sequence,
        atMs: row.paid_at_ms,
        account: row.account,
        authorisedAtMs: row.authorised_at_ms,
        ...(paidAtMs !== undefined && { paidAtMs }),
        signature: new Uint8Array(row.consent_signature),
        assertion: new Uint8Array(row.assertion),
        walletCertificate: row.wallet_certificate,
        keyGeneration: row.key_generation,
        ...(row.allowance !== null && {
          link: {
            allowance: new Uint8Array(row.allowance),
            counter: row.counter,
            previous: new Uint8Array(row.previous),
            cumulativeMinor: row.cumulative_minor as AmountMinor,
          },
        }),
        ...(row.pay_code !== null && {
          payCode: {
            content: new Uint8Array(row.pay_code),
            showing: new Uint8Array(row.showing),
            capture: new Uint8Array(row.capture),
            windowMs: row.window_ms,
            toleranceMs: row.tolerance_ms,
            stepUpMinor: row.step_up_minor,
          },
        }),
      },
    }),
    ...(row.cancelled_sequence !== null && {
      cancelled: { sequence: row.cancelled_sequence, atMs: row.cancelled_at_ms },
    }),
  };
}

/** A signed document ends with its signature (RFC 9052 section 4.2). */
export function signatureOf(document: Uint8Array): Bytes {
  return document.slice(-64) as Bytes;
}

/** @param expiresAtMs what it claims, or sooner */
export function insertRequest(
  sql: SqlStorage,
  { request, document }: SubmitCommand,
  expiresAtMs: number,
  certificate: number,
  merchantAccount: number,
  nowMs: number,
): void {
  sql.exec(
    `INSERT INTO requests
       (terminal_id, batch_no, voucher_no, operator_no, trans_type, amount_minor, requested_at_seconds,
        valid_for_seconds, lasts_seconds, nonce, hash, signature, certificate, merchant_account, submitted_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    request.terminalId,
    request.batchNo,
    request.voucherNo,
    request.operatorNo,
    request.transType,
    request.amountMinor,
    request.requestedAtMs / 1000,
    (request.expiresAtMs - request.requestedAtMs) / 1000,
    expiresAtMs < request.expiresAtMs ? (expiresAtMs - request.requestedAtMs) / 1000 : null,
    request.nonce,
    request.hash,
    signatureOf(document),
    certificate,
    merchantAccount,
    nowMs,
  );
}

export function insertPayment(
  sql: SqlStorage,
  request: number,
  sequence: number,
  { consentedAtMs, signature, assertion, walletCertificate }: Consent,
  keyGeneration: number,
): void {
  sql.exec(
    `INSERT INTO payments
       (request, sequence, authorised_at_ms, signature, assertion, wallet_certificate, key_generation)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    request,
    sequence,
    consentedAtMs,
    signature,
    assertion,
    walletCertificate,
    keyGeneration,
  );
}
