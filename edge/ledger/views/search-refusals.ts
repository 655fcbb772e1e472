import { type BatchNo, formatTraceKey, type TerminalId, type VoucherNo } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { cardEndingOf } from '../accounts.ts';
import type { AttemptKind } from '../payments/attempts.ts';
import type { ReceiptSources } from '../payments/receipts.ts';
import { findFirstEntrySince } from './find-since.ts';
import { type ParsedFilter, type PaymentPage, type PaymentRow, SCAN_ROWS } from './search-payments.ts';

/** An attempt with its fields, or one that proved no request and has none. */
interface RefusedRow extends Record<string, SqlStorageValue> {
  sequence: number;
  at_ms: number;
  kind: string;
  terminal_id: string;
  batch_no: number | null;
  voucher_no: number | null;
  code: string;
  operator_no: string | null;
  amount_minor: number | null;
  certificate: number;
  account: number | null;
}

/** ?1: before this entry, ?2: from this one on, ?3: at most so many. */
const SELECT_REFUSED = `
  SELECT a.*, j.at_ms FROM (
    SELECT sequence, kind, terminal_id, batch_no, voucher_no, code, operator_no, amount_minor, certificate, account
    FROM attempts WHERE sequence < ?1 AND sequence >= ?2
    UNION ALL
    SELECT sequence, kind, terminal_id, batch_no, voucher_no, code, NULL, NULL, certificate, NULL
    FROM unproven_attempts WHERE sequence < ?1 AND sequence >= ?2
    ORDER BY sequence DESC LIMIT ?3
  ) a JOIN journal j ON j.sequence = a.sequence ORDER BY a.sequence DESC`;

/** Refused attempts, newest first. There are few of them, so one look reads as many as it may. */
export function searchRefusals(sources: ReceiptSources, filter: ParsedFilter): PaymentPage {
  const { sql } = sources;
  const oldest = filter.fromMs === undefined ? 0 : findFirstEntrySince(sql, filter.fromMs);
  const newest = filter.toMs === undefined ? Number.MAX_SAFE_INTEGER : findFirstEntrySince(sql, filter.toMs);
  const before = Math.min(filter.before ?? Number.MAX_SAFE_INTEGER, newest);
  const read = sql.exec<RefusedRow>(SELECT_REFUSED, before, oldest, SCAN_ROWS).toArray();
  const rows: PaymentRow[] = [];
  for (const refused of read) {
    if (!isWanted(sources, filter, refused)) continue;
    if (rows.length === filter.limit) return { rows, nextBefore: refused.sequence + 1 };
    rows.push(viewOf(sources, refused));
  }
  const last = read.at(-1);
  return { rows, ...(last && read.length === SCAN_ROWS && { nextBefore: last.sequence }) };
}

function viewOf({ rules, shelf }: ReceiptSources, refused: RefusedRow): PaymentRow {
  const { merchantNo, shopName } = shelf.terminal(refused.certificate).content;
  const { batch_no: batchNo, voucher_no: voucherNo, operator_no: operatorNo, amount_minor: amountMinor } = refused;
  const terminalId = refused.terminal_id as TerminalId;
  const isNumbered = batchNo !== null && voucherNo !== null;
  const numbers = { terminalId, batchNo: batchNo as BatchNo, voucherNo: voucherNo as VoucherNo };
  return {
    ...(isNumbered && { traceKey: formatTraceKey(numbers) }),
    terminalId,
    status: 'refused',
    atMs: refused.at_ms,
    merchantNo,
    shopName,
    ...(operatorNo !== null && { operatorNo }),
    ...(amountMinor !== null && { amountMinor }),
    ...(refused.account !== null && { cardEnding: cardEndingOf(rules.participant, refused.account) }),
    refusedAttempts: 1,
    refused: { kind: refused.kind as AttemptKind, code: refused.code as RefusalCode },
  };
}

function isWanted({ rules, shelf }: ReceiptSources, filter: ParsedFilter, refused: RefusedRow): boolean {
  const { search, merchantNo } = filter;
  if (merchantNo && shelf.terminal(refused.certificate).content.merchantNo !== merchantNo) return false;
  if (!search) return true;
  if (search.kind === 'card-ending')
    return refused.account !== null && cardEndingOf(rules.participant, refused.account) === search.ending;
  return (
    refused.terminal_id.startsWith(search.terminalIdPrefix) &&
    isWithin(refused.batch_no, search.batchNos) &&
    isWithin(refused.voucher_no, search.voucherNos)
  );
}

/** What has no number is found where none was asked for. */
function isWithin(value: number | null, [low, high]: readonly [number, number]): boolean {
  return value === null ? low === 0 && high === 999_999 : low <= value && value <= high;
}
