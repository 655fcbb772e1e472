import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { MerchantNo, OperatorNo, TerminalId } from '../../shared/protocol/identifiers.ts';

/** A till in daily use never has to prove its key again; each sync sets the time anew. */
export const TERMINAL_SESSION_MS = 30 * 24 * 3_600_000;
export const WALLET_SESSION_MS = 30 * 24 * 3_600_000;
/** One long shift. */
const OPERATOR_SESSION_MS = 12 * 3_600_000;

const TERMINAL_SESSIONS_MAX = 3;

/** Who a till's call comes from: found by its token, never by what the call says. */
export interface TerminalSession {
  readonly terminalId: TerminalId;
  readonly merchantNo: MerchantNo;
  /** The cashier signed in, while that lasts. */
  readonly operatorNo: OperatorNo | undefined;
}

export interface WalletSession {
  readonly customerId: Bytes;
  readonly devicePublicKey: Bytes;
  readonly credentialId: string;
}

export function insertTerminalSession(sql: SqlStorage, tokenHash: Bytes, terminalId: TerminalId, nowMs: number): void {
  dropExpiredSessions(sql, nowMs);
  sql.exec(
    'INSERT INTO sessions (token_hash, terminal_id, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?)',
    tokenHash,
    terminalId,
    nowMs,
    nowMs + TERMINAL_SESSION_MS,
  );
  // One tablet holds one; a few more only while answers got lost.
  sql.exec(
    `DELETE FROM sessions WHERE terminal_id = ?1 AND token_hash NOT IN
       (SELECT token_hash FROM sessions WHERE terminal_id = ?1 ORDER BY created_at_ms DESC LIMIT ?2)`,
    terminalId,
    TERMINAL_SESSIONS_MAX,
  );
}

interface TerminalSessionRow extends Record<string, SqlStorageValue> {
  terminal_id: string;
  merchant_no: string;
  operator_no: string | null;
  operator_expires_at_ms: number | null;
}

/** Of an open terminal only: closing one ends its sessions. */
export function findTerminalSession(sql: SqlStorage, tokenHash: Bytes, nowMs: number): TerminalSession | undefined {
  const [row] = sql
    .exec<TerminalSessionRow>(
      `SELECT s.terminal_id, t.merchant_no, s.operator_no, s.operator_expires_at_ms
       FROM sessions s JOIN terminals t USING (terminal_id)
       WHERE s.token_hash = ? AND s.expires_at_ms > ? AND t.status = 'open'`,
      tokenHash,
      nowMs,
    )
    .toArray();
  if (!row) return undefined;
  const isOperatorSignedIn = (row.operator_expires_at_ms ?? 0) > nowMs;
  return {
    terminalId: row.terminal_id as TerminalId,
    merchantNo: row.merchant_no as MerchantNo,
    operatorNo: isOperatorSignedIn ? (row.operator_no as OperatorNo) : undefined,
  };
}

export function extendTerminalSession(sql: SqlStorage, tokenHash: Bytes, nowMs: number): void {
  sql.exec('UPDATE sessions SET expires_at_ms = ? WHERE token_hash = ?', nowMs + TERMINAL_SESSION_MS, tokenHash);
}

/** @param operatorNo none: the cashier signs out */
export function setSessionOperator(
  sql: SqlStorage,
  tokenHash: Bytes,
  operatorNo: OperatorNo | undefined,
  nowMs: number,
): { expiresAtMs: number } {
  const expiresAtMs = nowMs + OPERATOR_SESSION_MS;
  sql.exec(
    'UPDATE sessions SET operator_no = ?, operator_expires_at_ms = ? WHERE token_hash = ?',
    operatorNo ?? null,
    operatorNo ? expiresAtMs : null,
    tokenHash,
  );
  return { expiresAtMs };
}

export function dropTerminalSessions(sql: SqlStorage, terminalId: TerminalId): void {
  sql.exec('DELETE FROM sessions WHERE terminal_id = ?', terminalId);
}

export function insertWalletSession(sql: SqlStorage, tokenHash: Bytes, session: WalletSession, nowMs: number): void {
  dropExpiredSessions(sql, nowMs);
  // One per phone: signing in again ends the session before.
  dropDeviceSessions(sql, session.devicePublicKey);
  sql.exec(
    `INSERT INTO sessions (token_hash, customer_id, device_public_key, credential_id, created_at_ms, expires_at_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
    tokenHash,
    session.customerId,
    session.devicePublicKey,
    session.credentialId,
    nowMs,
    nowMs + WALLET_SESSION_MS,
  );
}

interface WalletSessionRow extends Record<string, SqlStorageValue> {
  customer_id: ArrayBuffer;
  device_public_key: ArrayBuffer;
  credential_id: string;
}

export function findWalletSession(sql: SqlStorage, tokenHash: Bytes, nowMs: number): WalletSession | undefined {
  const [row] = sql
    .exec<WalletSessionRow>(
      `SELECT customer_id, device_public_key, credential_id FROM sessions
       WHERE token_hash = ? AND expires_at_ms > ? AND customer_id IS NOT NULL`,
      tokenHash,
      nowMs,
    )
    .toArray();
  if (!row) return undefined;
  return {
    customerId: new Uint8Array(row.customer_id),
    devicePublicKey: new Uint8Array(row.device_public_key),
    credentialId: row.credential_id,
  };
}

export function extendWalletSession(sql: SqlStorage, tokenHash: Bytes, nowMs: number): void {
  sql.exec('UPDATE sessions SET expires_at_ms = ? WHERE token_hash = ?', nowMs + WALLET_SESSION_MS, tokenHash);
}

export function dropSession(sql: SqlStorage, tokenHash: Bytes): void {
  sql.exec('DELETE FROM sessions WHERE token_hash = ?', tokenHash);
}

export function dropDeviceSessions(sql: SqlStorage, devicePublicKey: Bytes): void {
  sql.exec('DELETE FROM sessions WHERE device_public_key = ?', devicePublicKey);
}

function dropExpiredSessions(sql: SqlStorage, nowMs: number): void {
  sql.exec('DELETE FROM sessions WHERE expires_at_ms <= ?', nowMs);
}
