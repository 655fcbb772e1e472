import type { VerifiedRequest } from '../../shared/protocol/payment/verify-request.ts';

/**
 * A till without network cannot hand its request in; the customer's phone, which has one, carries it to the centre within the
 * consent (DESIGN: till off, wallet on). It is as good as the till's own, for the terminal signed it, and it is marked until
 * the till hands the same in itself: over its own session, or with a capture that it signed. Anyone who scanned its code may
 * hand the request in, which says nothing of the till.
 */
export type CarriedState = 'not-matched' | 'matched';

export function insertCarriedRequest(sql: SqlStorage, request: number, nowMs: number): void {
  sql.exec('INSERT INTO carried_requests (request, carried_at_ms) VALUES (?, ?)', request, nowMs);
}

/** The till has handed the same request in. Changes nothing for one that was not carried, or is matched already. */
export function matchCarriedRequest(sql: SqlStorage, request: VerifiedRequest, nowMs: number): void {
  sql.exec(
    `UPDATE carried_requests SET matched_at_ms = max(?, carried_at_ms) WHERE matched_at_ms IS NULL AND request =
       (SELECT id FROM requests WHERE terminal_id = ? AND batch_no = ? AND voucher_no = ? AND hash = ?)`,
    nowMs,
    request.terminalId,
    request.batchNo,
    request.voucherNo,
    request.hash,
  );
}

/** @returns undefined for a request that the till handed in before anyone */
export function loadCarriedState(sql: SqlStorage, request: number): CarriedState | undefined {
  const [row] = sql
    .exec<{ matched: number }>(
      'SELECT matched_at_ms IS NOT NULL AS matched FROM carried_requests WHERE request = ?',
      request,
    )
    .toArray();
  return row && (row.matched === 1 ? 'matched' : 'not-matched');
}
