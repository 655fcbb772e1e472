import { type Bytes, decodeHex } from '../../shared/protocol/bytes.ts';
import type { AdministratorId } from './administrators.ts';

const INVITATION_MS = 7 * 24 * 3_600_000;

/** A further administrator is asked in by a one-time code, kept as its hash. */
export function insertInvitation(
  sql: SqlStorage,
  codeHash: Bytes,
  name: string,
  invitedBy: AdministratorId,
  nowMs: number,
): { expiresAtMs: number } {
  const expiresAtMs = nowMs + INVITATION_MS;
  sql.exec('DELETE FROM invitations WHERE expires_at_ms <= ?', nowMs);
  sql.exec(
    'INSERT INTO invitations (code_hash, name, invited_by, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?)',
    codeHash,
    name,
    decodeHex(invitedBy)!,
    nowMs,
    expiresAtMs,
  );
  return { expiresAtMs };
}

/** Still unused, not too old, and from an administrator who still is one. @returns the name of who was invited */
export function loadInvitation(sql: SqlStorage, codeHash: Bytes, nowMs: number): { name: string } | undefined {
  const [row] = sql
    .exec<{ name: string }>(
      `SELECT i.name FROM invitations i JOIN administrators a ON a.administrator_id = i.invited_by
       WHERE i.code_hash = ? AND i.expires_at_ms > ? AND i.used_at_ms IS NULL AND a.removed_at_ms IS NULL`,
      codeHash,
      nowMs,
    )
    .toArray();
  return row;
}

export function useInvitation(sql: SqlStorage, codeHash: Bytes, nowMs: number): void {
  sql.exec('UPDATE invitations SET used_at_ms = ? WHERE code_hash = ?', nowMs, codeHash);
}
