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
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { TransTypeNumber } from '../../../shared/protocol/trans-type.ts';
import { detailOfRefusal } from '../journal/entry-detail.ts';
import { appendEntry, loadHead } from '../journal/journal.ts';
import type { BookContext } from '../rules.ts';

/** What a statement may be given: workerd takes bytes as they are. */
type SqlBinding = SqlStorageValue | Uint8Array;

export type AttemptKind = 'submission' | 'authorisation' | 'cancellation' | 'charge';

/** An attempt that was refused: with its reason, all its fields, and its place in the chain. It moved nothing. */
export interface NewAttempt {
  readonly kind: AttemptKind;
  readonly traceKey: TraceKey;
  /** Content hash of the request, authorisation, cancellation or capture that was refused. */
  readonly documentHash: Bytes;
  readonly code: RefusalCode;
  readonly requestHash: Bytes;
  readonly operatorNo: OperatorNo;
  readonly transType: TransTypeNumber;
  readonly amountMinor: AmountMinor;
  /** Row of the terminal certificate. */
  readonly certificate: number;
  /** Serial of the account that was to pay, where the card is known. */
  readonly account?: number | undefined;
  /** Hash of the pay code that was to pay, where its phone made what was scanned. */
  readonly payCode?: Bytes | undefined;
  /** False where the till has not proven to have seen all of the card's codes: its receipt names none. */
  readonly namesCard?: boolean | undefined;
  /** Whether it counts towards the wait of the account. */
  readonly slows?: boolean | undefined;
  /** Of the centre key that signs the refusal; a refused cancellation has no receipt, and nor has what was refused before all had. */
  readonly keyGeneration?: number | undefined;
}

export interface AttemptRecord extends NewAttempt {
  readonly sequence: number;
  readonly atMs: number;
  readonly terminalId: TerminalId;
  readonly batchNo: BatchNo;
  readonly voucherNo: VoucherNo;
}

interface AttemptRow extends Record<string, SqlStorageValue> {
  sequence: number;
  at_ms: number;
  kind: string;
  terminal_id: string;
  batch_no: number;
  voucher_no: number;
  document_hash: ArrayBuffer;
  code: string;
  request_hash: ArrayBuffer;
  operator_no: string;
  trans_type: number;
  amount_minor: number;
  certificate: number;
  account: number | null;
  key_generation: number | null;
  pay_code: ArrayBuffer | null;
  names_card: number;
  slows: number;
}

/** Continue with a WHERE on `a`. */
const SELECT_ATTEMPTS = `
  SELECT a.*, j.at_ms FROM attempts a JOIN journal j ON j.sequence = a.sequence `;

const OF_TRACE_KEY = 'WHERE a.terminal_id = ? AND a.batch_no = ? AND a.voucher_no = ?';
const SAME_ATTEMPT = `${SELECT_ATTEMPTS} ${OF_TRACE_KEY} AND a.document_hash = ? AND a.code = ?`;
const ALL_OF_TRACE_KEY = `${SELECT_ATTEMPTS} ${OF_TRACE_KEY} ORDER BY a.sequence DESC LIMIT ?`;
const NEWEST_OF_PAYER = `${SELECT_ATTEMPTS} ${OF_TRACE_KEY} AND a.kind IN ('authorisation', 'charge') ORDER BY a.sequence DESC LIMIT 1`;
const SLOWED = `${SELECT_ATTEMPTS} ${OF_TRACE_KEY} AND a.account = ? AND a.code = 'account_slowed' LIMIT 1`;
const NEWEST_OF_PAY_CODE = `${SELECT_ATTEMPTS} WHERE a.pay_code = ? ORDER BY a.sequence DESC LIMIT 1`;
const BY_SEQUENCE = `${SELECT_ATTEMPTS} WHERE a.sequence = ?`;

export interface RecordedAttempt {
  readonly attempt: AttemptRecord;
  /** False where the same document was refused for the same reason before. */
  readonly isNew: boolean;
}

/**
 * More than this of one kind for one trace key is no honest customer: refused all the same, and written down no more. Of each
 * kind, so that nobody who may do the one has a say in what is seen of the other.
 */
export const ATTEMPTS_PER_KIND_MAX = 100;

/**
 * Writes a refused attempt into the books, once for the same document and reason. @returns the attempt, or undefined
 * where there are too many of its kind already
 */
export function recordAttempt(context: BookContext, attempt: NewAttempt): RecordedAttempt | undefined {
  const { sql, nowMs } = context;
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(attempt.traceKey);
  const { kind, documentHash, code } = attempt;
  const [same] = selectAttempts(sql, SAME_ATTEMPT, terminalId, batchNo, voucherNo, documentHash, code);
  if (same) return { attempt: same, isNew: false };
  if (hasTooManyAttempts(sql, attempt.traceKey, kind)) return undefined;
  const detail = detailOfRefusal(attempt);
  const { sequence } = appendEntry(sql, loadHead(sql), { kind: 'refusal', detail }, nowMs);
  const record = { ...attempt, sequence, atMs: nowMs, terminalId, batchNo, voucherNo };
  insertAttempt(sql, record);
  return { attempt: record, isNew: true };
}

export function hasTooManyAttempts(sql: SqlStorage, traceKey: TraceKey, kind: AttemptKind): boolean {
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(traceKey);
  const { count } = sql
    .exec<{ count: number }>(
      `SELECT count(*) AS count FROM attempts a ${OF_TRACE_KEY} AND a.kind = ?`,
      terminalId,
      batchNo,
      voucherNo,
      kind,
    )
    .one();
  return count >= ATTEMPTS_PER_KIND_MAX;
}

function insertAttempt(sql: SqlStorage, attempt: AttemptRecord): void {
  sql.exec(
    `INSERT INTO attempts
       (sequence, kind, terminal_id, batch_no, voucher_no, document_hash, code, request_hash, operator_no, trans_type,
        amount_minor, certificate, account, key_generation, pay_code, names_card, slows)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    attempt.sequence,
    attempt.kind,
    attempt.terminalId,
    attempt.batchNo,
    attempt.voucherNo,
    attempt.documentHash,
    attempt.code,
    attempt.requestHash,
    attempt.operatorNo,
    attempt.transType,
    attempt.amountMinor,
    attempt.certificate,
    attempt.account ?? null,
    attempt.keyGeneration ?? null,
    attempt.payCode ?? null,
    attempt.namesCard === false ? 0 : 1,
    attempt.slows ? 1 : 0,
  );
}

export function loadAttempt(sql: SqlStorage, sequence: number): AttemptRecord | undefined {
  return selectAttempts(sql, BY_SEQUENCE, sequence)[0];
}

/** Newest first. */
export function loadAttempts(sql: SqlStorage, traceKey: TraceKey): AttemptRecord[] {
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(traceKey);
  return selectAttempts(sql, ALL_OF_TRACE_KEY, terminalId, batchNo, voucherNo, ATTEMPTS_PER_KIND_MAX);
}

/** What the till is told while it waits. */
export function loadNewestPayerAttempt(sql: SqlStorage, traceKey: TraceKey): AttemptRecord | undefined {
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(traceKey);
  return selectAttempts(sql, NEWEST_OF_PAYER, terminalId, batchNo, voucherNo)[0];
}

/** That a charge to the request came too soon for the account is written down once. */
export function loadSlowedAttempt(sql: SqlStorage, traceKey: TraceKey, account: number): AttemptRecord | undefined {
  const { terminalId, batchNo, voucherNo } = decodeTraceKey(traceKey);
  return selectAttempts(sql, SLOWED, terminalId, batchNo, voucherNo, account)[0];
}

/** What the wallet is told of a pay code. */
export function loadNewestAttemptOf(sql: SqlStorage, payCode: Bytes): AttemptRecord | undefined {
  return selectAttempts(sql, NEWEST_OF_PAY_CODE, payCode)[0];
}

function selectAttempts(sql: SqlStorage, query: string, ...bindings: SqlBinding[]): AttemptRecord[] {
  return sql
    .exec<AttemptRow>(query, ...bindings)
    .toArray()
    .map(decodeAttemptRow);
}

function decodeAttemptRow(row: AttemptRow): AttemptRecord {
  const terminalId = row.terminal_id as TerminalId;
  const batchNo = row.batch_no as BatchNo;
  const voucherNo = row.voucher_no as VoucherNo;
  return {
    sequence: row.sequence,
    atMs: row.at_ms,
    kind: row.kind as AttemptKind,
    traceKey: formatTraceKey({ terminalId, batchNo, voucherNo }),
    terminalId,
    batchNo,
    voucherNo,
    documentHash: new Uint8Array(row.document_hash),
    code: row.code as RefusalCode,
    requestHash: new Uint8Array(row.request_hash),
    operatorNo: row.operator_no as OperatorNo,
    transType: row.trans_type as TransTypeNumber,
    amountMinor: row.amount_minor as AmountMinor,
    certificate: row.certificate,
    account: row.account ?? undefined,
    keyGeneration: row.key_generation ?? undefined,
    payCode: row.pay_code ? new Uint8Array(row.pay_code) : undefined,
    namesCard: row.names_card === 1,
    slows: row.slows === 1,
  };
}
