import type { BookContext } from './rules.ts';

/**
 * Tries to charge a pay code that were refused, against one account: after a handful of them each further one has to wait, and
 * the wait doubles with each. All of it is read from the books, so a restart forgives nothing.
 */
export const TRIES_FREE = 5;
const WITHIN_MS = 10 * 60_000;
const FIRST_DELAY_MS = 2_000;
const DELAY_MS_MAX = 5 * 60_000;

/** More of them change nothing: the delay is the longest long before. */
const TRIES_READ = 16;

/** Tries that were themselves refused for coming too soon do not count: they taught nobody anything. */
const NEWEST_TRIES = `
  SELECT a.sequence, j.at_ms FROM attempts a JOIN journal j ON j.sequence = a.sequence
  WHERE a.kind = 'charge' AND a.account = ? AND a.code <> 'account_slowed' ORDER BY a.sequence DESC LIMIT ?`;

/** @param triesAtMs newest first */
export function decideSlowedUntilMs(triesAtMs: readonly number[], nowMs: number): number | undefined {
  const [newest] = triesAtMs;
  const tries = triesAtMs.filter((atMs) => atMs > nowMs - WITHIN_MS).length;
  if (newest === undefined || tries < TRIES_FREE) return undefined;
  return newest + Math.min(DELAY_MS_MAX, FIRST_DELAY_MS * 2 ** (tries - TRIES_FREE));
}

/** Whether a try against the account comes too soon after others that were refused. */
export function isAccountSlowed({ sql, nowMs }: BookContext, account: number): boolean {
  const untilMs = decideSlowedUntilMs(
    loadTries(sql, account).map(({ atMs }) => atMs),
    nowMs,
  );
  return untilMs !== undefined && nowMs < untilMs;
}

/** Raises a flag for the account where the try that was just written down is one too many. */
export function raiseFlag({ sql, nowMs }: BookContext, account: number): void {
  const recent = loadTries(sql, account).filter(({ atMs }) => atMs > nowMs - WITHIN_MS);
  const first = recent.at(-1);
  if (!first || recent.length < TRIES_FREE) return;
  // From the first that nobody has looked at yet.
  sql.exec(
    `INSERT INTO account_flags (account, from_sequence, raised_at_ms)
     SELECT ?1, max(?2, 1 + coalesce((SELECT max(seen_to_sequence) FROM account_flags WHERE account = ?1), 0)), ?3
     WHERE NOT EXISTS (SELECT 1 FROM account_flags WHERE account = ?1 AND seen_at_ms IS NULL)`,
    account,
    first.sequence,
    nowMs,
  );
}

function loadTries(sql: SqlStorage, account: number): { readonly sequence: number; readonly atMs: number }[] {
  return sql
    .exec<{ sequence: number; at_ms: number }>(NEWEST_TRIES, account, TRIES_READ)
    .toArray()
    .map(({ sequence, at_ms }) => ({ sequence, atMs: at_ms }));
}
