import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import type { RefusalCode } from '../../../shared/protocol/refusals.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { accountNumberOf, ownSerialOf } from '../accounts.ts';
import type { BookContext, LedgerRules } from '../rules.ts';

/** An account with many refused tries, which nobody has looked at yet. */
export interface AccountFlag {
  readonly accountNumber: AccountNumber;
  readonly raisedAtMs: number;
  /** Refused tries since the first of them. */
  readonly tries: number;
  readonly lastAtMs: number;
  /** Entry of the newest: what was seen is seen up to here. */
  readonly lastSequence: number;
  /** Why they were refused, the commonest first. */
  readonly reasons: readonly { readonly code: RefusalCode; readonly count: number }[];
}

const FLAGS_MAX = 50;

const NOT_SEEN = `
  SELECT f.account, f.raised_at_ms, f.from_sequence, count(*) AS tries, max(a.sequence) AS last_sequence,
    max(j.at_ms) AS last_at_ms
  FROM account_flags f
  JOIN attempts a ON a.kind = 'charge' AND a.account = f.account AND a.sequence >= f.from_sequence
  JOIN journal j ON j.sequence = a.sequence
  WHERE f.seen_at_ms IS NULL GROUP BY f.account ORDER BY last_sequence DESC LIMIT ?`;

/** Newest first. */
export function listAccountFlags(sql: SqlStorage, rules: LedgerRules): AccountFlag[] {
  return sql
    .exec<FlagRow>(NOT_SEEN, FLAGS_MAX)
    .toArray()
    .map((row) => ({
      accountNumber: accountNumberOf(rules.participant, row.account),
      raisedAtMs: row.raised_at_ms,
      tries: row.tries,
      lastAtMs: row.last_at_ms,
      lastSequence: row.last_sequence,
      reasons: sql
        .exec<{ code: string; count: number }>(
          `SELECT code, count(*) AS count FROM attempts WHERE kind = 'charge' AND account = ? AND sequence >= ?
           GROUP BY code ORDER BY count DESC, code`,
          row.account,
          row.from_sequence,
        )
        .toArray()
        .map(({ code, count }) => ({ code: code as RefusalCode, count })),
    }));
}

export interface SeeFlagCommand {
  readonly accountNumber: AccountNumber;
  /** `lastSequence` of the flag as it was shown: what came after it was not seen. */
  readonly lastSequence: number;
  /** Who looked: an administrator's name or an API key's. */
  readonly by: string;
}

/** Takes a flag off the list. The same again changes nothing. Refuses `account_unknown`, `not_found` (no such flag). */
export function seeAccountFlag(
  { sql, rules, nowMs }: BookContext,
  { accountNumber, lastSequence, by }: SeeFlagCommand,
): Result<true> {
  const serial = ownSerialOf(accountNumber, rules.participant);
  if (serial === undefined) return refuse('account_unknown');
  const seen = sql.exec(
    `UPDATE account_flags SET seen_to_sequence = ?2, seen_at_ms = ?3, seen_by = ?4
     WHERE account = ?1 AND seen_at_ms IS NULL AND from_sequence <= ?2`,
    serial,
    lastSequence,
    nowMs,
    by,
  );
  if (seen.rowsWritten > 0) return accept(true);
  const isSeen = 'SELECT 1 FROM account_flags WHERE account = ? AND seen_to_sequence >= ? LIMIT 1';
  return sql.exec(isSeen, serial, lastSequence).toArray().length > 0 ? accept(true) : refuse('not_found');
}

interface FlagRow extends Record<string, SqlStorageValue> {
  account: number;
  raised_at_ms: number;
  from_sequence: number;
  tries: number;
  last_sequence: number;
  last_at_ms: number;
}
