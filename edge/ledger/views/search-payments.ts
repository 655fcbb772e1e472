import type { MerchantNo, TerminalId, TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { loadMerchantAccount } from '../../registry/parties.ts';
import { cardEndingOf, serialOf } from '../accounts.ts';
import { type AttemptKind, loadAttempts } from '../payments/attempts.ts';
import type { ReceiptSources } from '../payments/receipts.ts';
import { EXPIRES_AT_SECONDS, type RequestRecord, SELECT_REQUESTS, selectRequests } from '../payments/requests.ts';
import { findFirstRequestSince } from './find-since.ts';
import { searchRefusals } from './search-refusals.ts';
import { parseSearchText, type SearchText } from './search-text.ts';

export type ShownStatus = 'waiting' | 'paid' | 'cancelled' | 'expired' | 'refused';

export interface PaymentFilter {
  /** A trace key or its beginning, a terminal id, or the last four digits of a card. */
  readonly text?: string;
  readonly merchantNo?: MerchantNo;
  /** `refused` lists the attempts that were refused, of whatever payment. */
  readonly status?: ShownStatus;
  /** When it was handed in; from inclusive, to exclusive. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** `nextBefore` of the page before. */
  readonly before?: number;
  readonly limit: number;
}

export interface PaymentRow {
  /** Absent from a refused attempt that proved none: its document was bad in itself. */
  readonly traceKey?: TraceKey;
  readonly terminalId: TerminalId;
  readonly status: ShownStatus;
  readonly atMs: number;
  /** When the customer paid, where that was before the books heard of it. */
  readonly paidAtMs?: number;
  readonly merchantNo: MerchantNo;
  readonly shopName: string;
  /** Absent, as the amount is, from an attempt that proved no request. */
  readonly operatorNo?: string;
  readonly amountMinor?: number;
  /** Of the card that paid, or that tried last. */
  readonly cardEnding?: string;
  readonly refusedAttempts: number;
  /** Of a refused attempt: what came in, and why it was refused. */
  readonly refused?: { readonly kind: AttemptKind; readonly code: RefusalCode };
}

export interface PaymentPage {
  /** Newest first. */
  readonly rows: readonly PaymentRow[];
  /** There may be more: even where this page has few rows or none, for one look reads only so far. */
  readonly nextBefore?: number;
}

export const PAYMENTS_PER_PAGE_MAX = 200;
/** Rows read at a time, and at most per look: some 50 ms, in which no payment can be made. */
export const SCAN_ROWS = 5_000;
export const SCANS_MAX = 10;

/** A filter with its text read, its merchant's account looked up and its page bounded. */
export interface ParsedFilter extends Omit<PaymentFilter, 'text'> {
  readonly search?: SearchText;
  readonly merchantAccount?: number;
}

/** Refuses `malformed` for a text that can be neither a trace key nor the end of a card's number. */
export function searchPayments(sources: ReceiptSources, filter: PaymentFilter, nowMs: number): Result<PaymentPage> {
  const { text, merchantNo } = filter;
  const search = text ? parseSearchText(text) : undefined;
  if (text && !search) return refuse('malformed', 'Search for a trace key, a till or the last four digits of a card.');
  const account = merchantNo && loadMerchantAccount(sources.sql, merchantNo);
  if (merchantNo && !account) return accept({ rows: [] });
  const limit = Math.max(1, Math.min(filter.limit, PAYMENTS_PER_PAGE_MAX));
  const { text: _, ...rest } = filter;
  const parsed = { ...rest, limit, ...(search && { search }), ...(account && { merchantAccount: serialOf(account) }) };
  return accept(parsed.status === 'refused' ? searchRefusals(sources, parsed) : searchRequests(sources, parsed, nowMs));
}

function searchRequests(sources: ReceiptSources, filter: ParsedFilter, nowMs: number): PaymentPage {
  const { sql, rules } = sources;
  const oldest = filter.fromMs === undefined ? 1 : findFirstRequestSince(sql, filter.fromMs);
  const newest = filter.toMs === undefined ? Number.MAX_SAFE_INTEGER : findFirstRequestSince(sql, filter.toMs);
  const { wheres, bindings } = conditionsOf(filter, nowMs);
  const query = `${SELECT_REQUESTS} WHERE ${['r.id < ?', 'r.id >= ?', ...wheres].join(' AND ')} ORDER BY r.id DESC LIMIT ?`;
  const rows: PaymentRow[] = [];
  const lastId = sql.exec<{ last: number | null }>('SELECT max(id) AS last FROM requests').one().last ?? 0;
  let before = Math.min(filter.before ?? Number.MAX_SAFE_INTEGER, newest, lastId + 1);
  for (let scans = 0; scans < SCANS_MAX && before > oldest; scans += 1) {
    const from = Math.max(oldest, before - SCAN_ROWS);
    const found = selectRequests(sql, query, before, from, ...bindings, filter.limit - rows.length);
    for (const record of found) {
      if (hasCardEnding(record, filter.search, (serial) => cardEndingOf(rules.participant, serial)))
        rows.push(viewOf(sources, record, nowMs));
    }
    // Found as many as there was room for: there may be more between the last of them and `from`.
    before = found.length === filter.limit - (rows.length - found.length) ? (found.at(-1)?.id ?? from) : from;
    if (rows.length >= filter.limit) break;
  }
  return { rows, ...(before > oldest && { nextBefore: before }) };
}

function conditionsOf(filter: ParsedFilter, nowMs: number): { wheres: string[]; bindings: (string | number)[] } {
  const wheres: string[] = [];
  const bindings: (string | number)[] = [];
  const add = (where: string, ...values: (string | number)[]) => {
    wheres.push(where);
    bindings.push(...values);
  };
  const { search, merchantAccount, status } = filter;
  // The last four digits are three of the serial and the check digit, which is looked at afterwards.
  if (search?.kind === 'card-ending')
    add('coalesce(al.account, pj.debit) % 1000 = ?', Number(search.ending.slice(0, 3)));
  if (search?.kind === 'trace-key') {
    const { terminalIdPrefix, batchNos, voucherNos } = search;
    add('r.terminal_id BETWEEN ? AND ?', terminalIdPrefix, terminalIdPrefix.padEnd(8, 'Z'));
    add('r.batch_no BETWEEN ? AND ? AND r.voucher_no BETWEEN ? AND ?', ...batchNos, ...voucherNos);
  }
  if (merchantAccount !== undefined) add('r.merchant_account = ?', merchantAccount);
  const isOpen = 'p.request IS NULL AND c.request IS NULL AND';
  const expiresAtMs = `(${EXPIRES_AT_SECONDS}) * 1000`;
  if (status === 'paid') add('p.request IS NOT NULL');
  if (status === 'cancelled') add('c.request IS NOT NULL');
  if (status === 'waiting') add(`${isOpen} ${expiresAtMs} >= ?`, nowMs);
  if (status === 'expired') add(`${isOpen} ${expiresAtMs} < ?`, nowMs);
  return { wheres, bindings };
}

function hasCardEnding(record: RequestRecord, search: SearchText | undefined, endingOf: (serial: number) => string) {
  return search?.kind !== 'card-ending' || (record.paid && endingOf(record.paid.account) === search.ending);
}

function viewOf({ sql, rules, shelf }: ReceiptSources, record: RequestRecord, nowMs: number): PaymentRow {
  const attempts = loadAttempts(sql, record.traceKey);
  const account = record.paid?.account ?? attempts.find((attempt) => attempt.account !== undefined)?.account;
  const { merchantNo, shopName } = shelf.terminal(record.certificate).content;
  return {
    traceKey: record.traceKey,
    terminalId: record.terminalId,
    status: statusOf(record, nowMs),
    atMs: record.paid?.atMs ?? record.cancelled?.atMs ?? record.submittedAtMs,
    ...(record.paid?.paidAtMs !== undefined && { paidAtMs: record.paid.paidAtMs }),
    merchantNo,
    shopName,
    operatorNo: record.operatorNo,
    amountMinor: record.amountMinor,
    ...(account !== undefined && { cardEnding: cardEndingOf(rules.participant, account) }),
    refusedAttempts: attempts.length,
  };
}

export function statusOf(record: RequestRecord, nowMs: number): ShownStatus {
  if (record.paid) return 'paid';
  if (record.cancelled) return 'cancelled';
  return nowMs > record.expiresAtMs ? 'expired' : 'waiting';
}
