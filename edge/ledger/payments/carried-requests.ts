import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { VerifiedRequest } from '../../../shared/protocol/payment/verify-request.ts';
import type { RequestRecord } from './requests.ts';

/**
 * A till without network cannot hand its request in; the customer's phone, which has one, carries it to the centre within the
 * consent (DESIGN: till off, wallet on), and so may anyone who scanned its code. It is as good as the till's own, for the terminal
 * signed it, but it says nothing of the till: it is marked until the till hands the same in itself, over its own session or with a
 * capture that it signed.
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

/**
 * The till itself was told that nobody paid its request: when it handed it in, or asked. Whatever anyone else hands in tells the till
 * nothing. Changes nothing where it was told before.
 */
export function markToldTill(sql: SqlStorage, requestHash: Bytes, nowMs: number): void {
  sql.exec(
    'INSERT INTO told_tills (request_hash, told_at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING',
    requestHash,
    nowMs,
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

/** A request that somebody else handed in, that nobody has paid, and of which its till has not heard so. */
export function isTillToTell(sql: SqlStorage, { id, hash, paid, cancelled }: RequestRecord): boolean {
  if (paid || cancelled || loadCarriedState(sql, id) === undefined) return false;
  return sql.exec('SELECT 1 FROM told_tills WHERE request_hash = ?', hash).toArray().length === 0;
}

/**
 * Whether the till waited for a request, or was told that nobody paid it: it handed it in itself while it lived, or too late, or asked
 * how it stands. A till that has not said a word of it was told nothing, whoever else did.
 */
export function wasAwaited(sql: SqlStorage, { id, expiresAtMs, requestHash }: AwaitedRequest): boolean {
  return (
    sql
      .exec<{ awaited: number }>(
        `SELECT (c.request IS NULL OR coalesce(c.matched_at_ms <= ?2, 0)
           OR EXISTS (SELECT 1 FROM told_tills WHERE request_hash = ?3)) AS awaited
         FROM requests r LEFT JOIN carried_requests c ON c.request = r.id WHERE r.id = ?1`,
        id,
        expiresAtMs,
        requestHash,
      )
      .toArray()[0]?.awaited === 1
  );
}

interface AwaitedRequest {
  /** Row of the request. */
  readonly id: number;
  readonly expiresAtMs: number;
  readonly requestHash: Uint8Array;
}
