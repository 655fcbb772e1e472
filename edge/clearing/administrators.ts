import { type Bytes, createRandomBytes, decodeHex, encodeHex } from '../../shared/protocol/bytes.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { PasskeyCredential } from '../security/passkeys.ts';

/** Hex of 16 random bytes; also the user handle of the administrator's passkeys. */
export type AdministratorId = string;

export interface Administrator {
  readonly administratorId: AdministratorId;
  readonly name: string;
  readonly createdAtMs: number;
  readonly passkeyCount: number;
}

const CONSOLE_SESSION_MS = 12 * 3_600_000;

export function createAdministratorId(): AdministratorId {
  return encodeHex(createRandomBytes(16));
}

/** Someone owns the console once anyone does: the setup code is then worth nothing, whoever is removed later. */
export function hasOwner(sql: SqlStorage): boolean {
  return sql.exec('SELECT 1 FROM administrators LIMIT 1').toArray().length > 0;
}

interface AdministratorRow extends Record<string, SqlStorageValue> {
  administrator_id: ArrayBuffer;
  name: string;
  created_at_ms: number;
  passkeys: number;
}

export function listAdministrators(sql: SqlStorage): Administrator[] {
  return sql
    .exec<AdministratorRow>(
      `SELECT administrator_id, name, created_at_ms,
         (SELECT count(*) FROM administrator_passkeys p WHERE p.administrator_id = a.administrator_id) AS passkeys
       FROM administrators a WHERE removed_at_ms IS NULL ORDER BY created_at_ms`,
    )
    .toArray()
    .map((row) => ({
      administratorId: encodeHex(new Uint8Array(row.administrator_id)),
      name: row.name,
      createdAtMs: row.created_at_ms,
      passkeyCount: row.passkeys,
    }));
}

/** Refuses `passkey_exists`, also for one of an administrator who was removed. */
export function insertAdministrator(
  sql: SqlStorage,
  administratorId: AdministratorId,
  name: string,
  passkey: PasskeyCredential,
  nowMs: number,
): Result<AdministratorId> {
  const known = sql
    .exec('SELECT 1 FROM administrator_passkeys WHERE credential_id = ?', passkey.credentialId)
    .toArray();
  if (known.length > 0) return refuse('passkey_exists');
  const id = decodeHex(administratorId)!;
  sql.exec('INSERT INTO administrators (administrator_id, name, created_at_ms) VALUES (?, ?, ?)', id, name, nowMs);
  sql.exec(
    `INSERT INTO administrator_passkeys (credential_id, administrator_id, cose_public_key, created_at_ms, used_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
    passkey.credentialId,
    id,
    passkey.cosePublicKey,
    nowMs,
    nowMs,
  );
  return accept(administratorId);
}

export interface AdministratorPasskey {
  readonly credentialId: string;
  readonly administratorId: AdministratorId;
  readonly cosePublicKey: Bytes;
}

/** Of an administrator who was not removed. */
export function loadAdministratorPasskey(sql: SqlStorage, credentialId: string): AdministratorPasskey | undefined {
  const [row] = sql
    .exec<{ administrator_id: ArrayBuffer; cose_public_key: ArrayBuffer }>(
      `SELECT p.administrator_id, p.cose_public_key
       FROM administrator_passkeys p JOIN administrators a USING (administrator_id)
       WHERE p.credential_id = ? AND a.removed_at_ms IS NULL`,
      credentialId,
    )
    .toArray();
  if (!row) return undefined;
  const administratorId = encodeHex(new Uint8Array(row.administrator_id));
  return { credentialId, administratorId, cosePublicKey: new Uint8Array(row.cose_public_key) };
}

/** Ends every session, every passkey's use and every API key they made at once. Refuses `not_found`; `forbidden` for the last one: the console would be lost. */
export function removeAdministrator(sql: SqlStorage, administratorId: AdministratorId, nowMs: number): Result<true> {
  const id = decodeHex(administratorId);
  const present = listAdministrators(sql);
  if (!id || !present.some((known) => known.administratorId === administratorId)) return refuse('not_found');
  if (present.length === 1) return refuse('forbidden', 'The last administrator stays.');
  sql.exec('UPDATE administrators SET removed_at_ms = ? WHERE administrator_id = ?', nowMs, id);
  sql.exec('DELETE FROM console_sessions WHERE administrator_id = ?', id);
  sql.exec('UPDATE api_keys SET revoked_at_ms = ? WHERE created_by = ? AND revoked_at_ms IS NULL', nowMs, id);
  return accept(true);
}

export function insertConsoleSession(
  sql: SqlStorage,
  tokenHash: Bytes,
  administratorId: AdministratorId,
  nowMs: number,
): { expiresAtMs: number } {
  const expiresAtMs = nowMs + CONSOLE_SESSION_MS;
  sql.exec('DELETE FROM console_sessions WHERE expires_at_ms <= ?', nowMs);
  sql.exec(
    'INSERT INTO console_sessions (token_hash, administrator_id, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?)',
    tokenHash,
    decodeHex(administratorId)!,
    nowMs,
    expiresAtMs,
  );
  return { expiresAtMs };
}

export interface ConsoleSession {
  readonly administratorId: AdministratorId;
  readonly name: string;
  readonly expiresAtMs: number;
}

export function loadConsoleSession(sql: SqlStorage, tokenHash: Bytes, nowMs: number): ConsoleSession | undefined {
  const [row] = sql
    .exec<{ administrator_id: ArrayBuffer; name: string; expires_at_ms: number }>(
      `SELECT s.administrator_id, a.name, s.expires_at_ms
       FROM console_sessions s JOIN administrators a USING (administrator_id)
       WHERE s.token_hash = ? AND s.expires_at_ms > ? AND a.removed_at_ms IS NULL`,
      tokenHash,
      nowMs,
    )
    .toArray();
  if (!row) return undefined;
  const administratorId = encodeHex(new Uint8Array(row.administrator_id));
  return { administratorId, name: row.name, expiresAtMs: row.expires_at_ms };
}
