import { cardEndingOf } from './accounts.ts';
import { type AttemptRecord, SELECT_ATTEMPTS, selectAttempts } from './attempts.ts';
import { findFirstEntrySince } from './find-since.ts';
import type { ReceiptSources } from './receipts.ts';
import { type ParsedFilter, type PaymentPage, type PaymentRow, SCAN_ROWS } from './search-payments.ts';

/** Refused attempts, newest first. There are few of them, so one look reads as many as it may. */
export function searchRefusals(sources: ReceiptSources, filter: ParsedFilter): PaymentPage {
  const { sql, rules, shelf } = sources;
  const oldest = filter.fromMs === undefined ? 0 : findFirstEntrySince(sql, filter.fromMs);
  const newest = filter.toMs === undefined ? Number.MAX_SAFE_INTEGER : findFirstEntrySince(sql, filter.toMs);
  const before = Math.min(filter.before ?? Number.MAX_SAFE_INTEGER, newest);
  const query = `${SELECT_ATTEMPTS} WHERE a.sequence < ? AND a.sequence >= ? ORDER BY a.sequence DESC LIMIT ?`;
  const read = selectAttempts(sql, query, before, oldest, SCAN_ROWS);
  const rows: PaymentRow[] = [];
  for (const attempt of read) {
    if (!isWanted(sources, filter, attempt)) continue;
    if (rows.length === filter.limit) return { rows, nextBefore: attempt.sequence + 1 };
    const { merchantNo, shopName } = shelf.terminal(attempt.certificate).content;
    rows.push({
      traceKey: attempt.traceKey,
      status: 'refused',
      atMs: attempt.atMs,
      merchantNo,
      shopName,
      operatorNo: attempt.operatorNo,
      amountMinor: attempt.amountMinor,
      ...(attempt.account !== undefined && { cardEnding: cardEndingOf(rules.participant, attempt.account) }),
      refusedAttempts: 1,
    });
  }
  const last = read.at(-1);
  return { rows, ...(last && read.length === SCAN_ROWS && { nextBefore: last.sequence }) };
}

function isWanted({ rules, shelf }: ReceiptSources, filter: ParsedFilter, attempt: AttemptRecord): boolean {
  const { search, merchantNo } = filter;
  if (merchantNo && shelf.terminal(attempt.certificate).content.merchantNo !== merchantNo) return false;
  if (!search) return true;
  if (search.kind === 'card-ending')
    return attempt.account !== undefined && cardEndingOf(rules.participant, attempt.account) === search.ending;
  return (
    attempt.terminalId.startsWith(search.terminalIdPrefix) &&
    isWithin(attempt.batchNo, search.batchNos) &&
    isWithin(attempt.voucherNo, search.voucherNos)
  );
}

function isWithin(value: number, [low, high]: readonly [number, number]): boolean {
  return low <= value && value <= high;
}
