import type { TerminalId } from '../../../shared/protocol/identifiers.ts';
import { type RequestRecord, SELECT_REQUESTS, selectRequests } from '../payments/requests.ts';

/** A busy till's day; each answer carries a receipt. */
export const TERMINAL_PAYMENTS_MAX = 500;

const NEWEST = 'ORDER BY r.batch_no DESC, r.voucher_no DESC LIMIT ?';
const OF_BATCH = `${SELECT_REQUESTS} WHERE r.terminal_id = ? AND r.batch_no = ? ${NEWEST}`;
const OF_TERMINAL = `${SELECT_REQUESTS} WHERE r.terminal_id = ? ${NEWEST}`;

/** Newest first: of one batch, or the newest of all. */
export function loadTerminalPayments(sql: SqlStorage, terminalId: TerminalId, batchNo?: number): RequestRecord[] {
  return batchNo === undefined
    ? selectRequests(sql, OF_TERMINAL, terminalId, TERMINAL_PAYMENTS_MAX)
    : selectRequests(sql, OF_BATCH, terminalId, batchNo, TERMINAL_PAYMENTS_MAX);
}

const CARRIED = `${SELECT_REQUESTS} JOIN carried_requests k ON k.request = r.id
  WHERE k.matched_at_ms IS NULL AND r.terminal_id = ? AND p.request IS NOT NULL ORDER BY k.carried_at_ms DESC LIMIT ?`;

/** Payments that only customers' phones handed in for a terminal, newest first: of the tablet that was lost, or has not synced. */
export function loadCarriedPayments(sql: SqlStorage, terminalId: TerminalId): RequestRecord[] {
  return selectRequests(sql, CARRIED, terminalId, TERMINAL_PAYMENTS_MAX);
}
