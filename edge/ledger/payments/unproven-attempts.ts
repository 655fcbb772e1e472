import type { Bytes } from '../../../shared/protocol/bytes.ts';
import {
  type BatchNo,
  decodeTraceKey,
  formatTraceKey,
  type TerminalId,
  type TraceKey,
  type VoucherNo,
} from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import type { RecordUnprovenCommand } from '../commands.ts';
import { detailOfUnproven } from '../journal/entry-detail.ts';
import { appendEntry, loadHead } from '../journal/journal.ts';
import type { BookContext } from '../rules.ts';
import type { AttemptKind } from './attempts.ts';
import type { CertificateShelf } from './certificates.ts';

/** A refused attempt that proves no request. All that is certain is the terminal whose genuine certificate came with it. */
export interface UnprovenAttempt {
  readonly sequence: number;
  readonly kind: AttemptKind;
  readonly terminalId: TerminalId;
  /** Where the terminal signed it: of a cancellation of what was never handed in. */
  readonly traceKey?: TraceKey | undefined;
  /** SHA-256 of what came in. */
  readonly documentHash: Bytes;
  readonly code: RefusalCode;
  /** Row of the terminal certificate. */
  readonly certificate: number;
}

/**
 * More than this within an hour under one terminal's name are refused all the same, and written down no more. A certificate
 * is on every code that the till shows, so anyone may send nonsense with it: whoever does fills some 100 kB a day.
 */
export const UNPROVEN_PER_HOUR_MAX = 20;
const HOUR_MS = 3_600_000;

/** Writes it into the books, once for the same bytes and reason, as long as there are not too many of the terminal's. */
export function recordUnprovenAttempt(
  { sql, shelf, nowMs }: BookContext & { readonly shelf: CertificateShelf },
  { kind, documentHash, code, traceKey, terminalCertificate }: RecordUnprovenCommand,
): void {
  const certificate = shelf.file(terminalCertificate);
  const { content, contentHash } = shelf.terminal(certificate);
  const { terminalId } = content;
  if (isRecorded(sql, terminalId, documentHash, code) || isAtLimit(sql, terminalId, nowMs)) return;
  const detail = detailOfUnproven({ kind, terminalId, traceKey, code, certificateHash: contentHash, documentHash });
  const { sequence } = appendEntry(sql, loadHead(sql), { kind: 'refusal', detail }, nowMs);
  const numbers = traceKey === undefined ? undefined : decodeTraceKey(traceKey);
  sql.exec(
    `INSERT INTO unproven_attempts
       (sequence, kind, terminal_id, batch_no, voucher_no, document_hash, code, certificate)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    sequence,
    kind,
    terminalId,
    numbers?.batchNo ?? null,
    numbers?.voucherNo ?? null,
    documentHash,
    code,
    certificate,
  );
}

export function loadUnprovenAttempt(sql: SqlStorage, sequence: number): UnprovenAttempt | undefined {
  const [row] = sql.exec<UnprovenRow>('SELECT * FROM unproven_attempts WHERE sequence = ?', sequence).toArray();
  return row && decodeUnprovenRow(row);
}

interface UnprovenRow extends Record<string, SqlStorageValue> {
  sequence: number;
  kind: string;
  terminal_id: string;
  batch_no: number | null;
  voucher_no: number | null;
  document_hash: ArrayBuffer;
  code: string;
  certificate: number;
}

function decodeUnprovenRow(row: UnprovenRow): UnprovenAttempt {
  const terminalId = row.terminal_id as TerminalId;
  const { batch_no: batchNo, voucher_no: voucherNo } = row;
  const isNumbered = batchNo !== null && voucherNo !== null;
  return {
    sequence: row.sequence,
    kind: row.kind as AttemptKind,
    terminalId,
    traceKey: isNumbered
      ? formatTraceKey({ terminalId, batchNo: batchNo as BatchNo, voucherNo: voucherNo as VoucherNo })
      : undefined,
    documentHash: new Uint8Array(row.document_hash),
    code: row.code as RefusalCode,
    certificate: row.certificate,
  };
}

function isRecorded(sql: SqlStorage, terminalId: TerminalId, documentHash: Bytes, code: RefusalCode): boolean {
  const same = 'SELECT 1 FROM unproven_attempts WHERE terminal_id = ? AND document_hash = ? AND code = ?';
  return sql.exec(same, terminalId, documentHash, code).toArray().length > 0;
}

/** Whether the last but so many came within the hour. */
function isAtLimit(sql: SqlStorage, terminalId: TerminalId, nowMs: number): boolean {
  const [row] = sql
    .exec<{ at_ms: number }>(
      `SELECT j.at_ms FROM (SELECT sequence FROM unproven_attempts WHERE terminal_id = ?
         ORDER BY sequence DESC LIMIT 1 OFFSET ?) u JOIN journal j ON j.sequence = u.sequence`,
      terminalId,
      UNPROVEN_PER_HOUR_MAX - 1,
    )
    .toArray();
  return row !== undefined && row.at_ms > nowMs - HOUR_MS;
}
