import { type Bytes, createRandomBytes, decodeHex, encodeHex } from '../../shared/protocol/bytes.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import type { AdministratorId } from './administrators.ts';

export interface ApiKey {
  readonly keyId: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly usedAtMs: number | undefined;
}

const KEYS_MAX = 50;
/** Use is noted at most this often, so that reading by a key writes next to nothing. */
const USE_NOTED_EVERY_MS = 60_000;

/** For programs that administer: `Authorization: Bearer …`. Only the hash is kept. Refuses `limit_reached`. */
export function insertApiKey(
  sql: SqlStorage,
  tokenHash: Bytes,
  name: string,
  createdBy: AdministratorId,
  nowMs: number,
): Result<ApiKey> {
  if (listApiKeys(sql).length >= KEYS_MAX) return refuse('limit_reached');
  const keyId = encodeHex(createRandomBytes(8));
  sql.exec(
    'INSERT INTO api_keys (key_id, token_hash, name, created_by, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    keyId,
    tokenHash,
    name,
    decodeHex(createdBy)!,
    nowMs,
  );
  return accept({ keyId, name, createdAtMs: nowMs, usedAtMs: undefined });
}

interface ApiKeyRow extends Record<string, SqlStorageValue> {
  key_id: string;
  name: string;
  created_at_ms: number;
  used_at_ms: number | null;
}

export function listApiKeys(sql: SqlStorage): ApiKey[] {
  return sql
    .exec<ApiKeyRow>(
      'SELECT key_id, name, created_at_ms, used_at_ms FROM api_keys WHERE revoked_at_ms IS NULL ORDER BY created_at_ms',
    )
    .toArray()
    .map(toApiKey);
}

/** The key whose token has this hash, unless it was withdrawn. */
export function loadApiKey(sql: SqlStorage, tokenHash: Bytes, nowMs: number): ApiKey | undefined {
  const [row] = sql
    .exec<ApiKeyRow>(
      'SELECT key_id, name, created_at_ms, used_at_ms FROM api_keys WHERE token_hash = ? AND revoked_at_ms IS NULL',
      tokenHash,
    )
    .toArray();
  if (row && nowMs - (row.used_at_ms ?? 0) > USE_NOTED_EVERY_MS)
    sql.exec('UPDATE api_keys SET used_at_ms = ? WHERE token_hash = ?', nowMs, tokenHash);
  return row && toApiKey(row);
}

/** Refuses `not_found`. */
export function revokeApiKey(sql: SqlStorage, keyId: string, nowMs: number): Result<true> {
  const { rowsWritten } = sql.exec(
    'UPDATE api_keys SET revoked_at_ms = ? WHERE key_id = ? AND revoked_at_ms IS NULL',
    nowMs,
    keyId,
  );
  return rowsWritten > 0 ? accept(true) : refuse('not_found');
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return { keyId: row.key_id, name: row.name, createdAtMs: row.created_at_ms, usedAtMs: row.used_at_ms ?? undefined };
}
