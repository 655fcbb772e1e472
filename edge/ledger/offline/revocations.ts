import { BOUNDS } from '../../../shared/protocol/bounds.ts';
import { type Bytes, concatBytes } from '../../../shared/protocol/bytes.ts';
import { signDocument } from '../../../shared/protocol/documents/document.ts';
import { RevocationList, type RevocationListContent } from '../../../shared/protocol/documents/revocation-list.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import type { LedgerRules } from '../rules.ts';
import { type AllowanceRecord, loadAllowanceById, selectAllowances } from './allowances.ts';

/**
 * Withdraws an allowance: tills that hear of it take nothing more out of it on their own. What is set aside stays so until the
 * claim window ends, for what they took before. @returns the version of the list that names it first
 */
export function revokeAllowance(
  sql: SqlStorage,
  { id, serial, expiresAtMs }: AllowanceRecord,
  reason: string,
  nowMs: number,
): number {
  // Asked of the books: one step of a decision may have withdrawn it since its record was read.
  const known = loadAllowanceById(sql, id).revokedInVersion;
  if (known !== undefined) return known;
  const version = loadRevocationVersion(sql) + 1;
  sql.exec(
    'INSERT INTO revocations (version, serial, expires_at_ms, revoked_at_ms, reason) VALUES (?, ?, ?, ?, ?)',
    version,
    serial,
    expiresAtMs,
    nowMs,
    reason,
  );
  sql.exec(
    'UPDATE allowances SET revoked_in_version = ?, ended_at_ms = coalesce(ended_at_ms, ?) WHERE id = ?',
    version,
    nowMs,
    id,
  );
  return version;
}

/** When a version of the list came to be. */
export function loadRevocationTime(sql: SqlStorage, version: number): number {
  return sql.exec<{ revoked_at_ms: number }>('SELECT revoked_at_ms FROM revocations WHERE version = ?', version).one()
    .revoked_at_ms;
}

const STANDING = 'revoked_in_version IS NULL AND expires_at_ms > ?';

/**
 * All of an account that a till would still take: those that were closed too, for a copied phone may go on with them. What a till
 * took before it heard of this is paid all the same.
 */
export function revokeAllowancesOfAccount(sql: SqlStorage, account: number, reason: string, nowMs: number): void {
  for (const allowance of selectAllowances(sql, `WHERE account = ? AND ${STANDING}`, account, nowMs))
    revokeAllowance(sql, allowance, reason, nowMs);
}

/** The same, of a phone that was removed. */
export function revokeAllowancesOfDevice(sql: SqlStorage, publicKey: Bytes, reason: string, nowMs: number): void {
  for (const allowance of selectAllowances(sql, `WHERE device_public_key = ? AND ${STANDING}`, publicKey, nowMs))
    revokeAllowance(sql, allowance, reason, nowMs);
}

export function loadRevocationVersion(sql: SqlStorage): number {
  return sql.exec<{ version: number | null }>('SELECT max(version) AS version FROM revocations').one().version ?? 0;
}

/** More than this in one answer are fetched by the next call. */
const LISTS_PER_ANSWER_MAX = 20;

/** What a device that has version `since` needs to know: one list at least, each going on where the one before ends. */
export function draftRevocationLists(
  sql: SqlStorage,
  { programme, participant }: Pick<LedgerRules, 'programme' | 'participant'>,
  since: number,
  nowMs: number,
): RevocationListContent[] {
  const version = loadRevocationVersion(sql);
  const from = Math.min(since, version);
  const perList = BOUNDS.revocationsPerListMax;
  const rows = sql
    .exec<{ version: number; serial: ArrayBuffer; revoked_at_ms: number }>(
      'SELECT version, serial, revoked_at_ms FROM revocations WHERE version > ? AND expires_at_ms > ? ORDER BY version LIMIT ?',
      from,
      nowMs,
      perList * LISTS_PER_ANSWER_MAX + 1,
    )
    .toArray();
  const hasMore = rows.length > perList * LISTS_PER_ANSWER_MAX;
  const told = hasMore ? rows.slice(0, -1) : rows;
  const pages = Math.max(1, Math.ceil(told.length / perList));
  return Array.from({ length: pages }, (_, page) => {
    const listed = told.slice(page * perList, (page + 1) * perList);
    const before = page === 0 ? from : told[page * perList - 1]!.version;
    const isLast = page === pages - 1 && !hasMore;
    return {
      programme,
      fromVersion: before,
      toVersion: isLast ? version : listed.at(-1)!.version,
      serials: concatBytes(...listed.map(({ serial }) => new Uint8Array(serial))),
      // A page that others follow is no news of today: it was all there was when its last was withdrawn.
      issuedAtSeconds: Math.floor((isLast ? nowMs : listed.at(-1)!.revoked_at_ms) / 1000),
      participant,
    };
  });
}

export async function signRevocationList(content: RevocationListContent, signer: CentreSigner): Promise<Bytes> {
  return signDocument(RevocationList, content, await signer.newestKey());
}
