import { type BucketPolicy, bucketFullAtMs, takeFromBucket } from './token-bucket.ts';

/**
 * Limits by what is attacked. Nothing here guards a secret that could be guessed in any number of tries (codes have 58
 * and more random bits, passkeys none to guess); it keeps floods off the objects and guessers out of the log.
 * Where all callers count as one address (no proxy that names them), the `…ByAddress` limits hold for all together.
 */
export const RATE_LIMITS = {
  activationByAddress: { capacity: 30, refillSeconds: 2 },
  helloByTablet: { capacity: 30, refillSeconds: 2 },
  registrationByAddress: { capacity: 200, refillSeconds: 0.5 },
  signInByAddress: { capacity: 100, refillSeconds: 0.5 },
  signInByCredential: { capacity: 10, refillSeconds: 6 },
  signInByTerminal: { capacity: 20, refillSeconds: 3 },
  enrolmentByOperator: { capacity: 10, refillSeconds: 30 },
  claimByCustomer: { capacity: 10, refillSeconds: 30 },
  setup: { capacity: 10, refillSeconds: 30 },
} as const satisfies Record<string, BucketPolicy>;
export type RateLimit = keyof typeof RATE_LIMITS;

/** Buckets live in the object whose things they guard, so that a restart forgives nothing. */
export const RATE_LIMIT_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE rate_limits (
    key TEXT PRIMARY KEY,
    tokens REAL NOT NULL CHECK (tokens >= 0),
    updated_at_ms INTEGER NOT NULL,
    full_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX rate_limits_by_fullness ON rate_limits (full_at_ms);
  `,
];

/**
 * Takes one try. @returns false when there is none left: answer `rate_limited`.
 * @param subject what is attacked, e.g. an address or a terminal id
 */
export function takeRateLimit(sql: SqlStorage, limit: RateLimit, subject: string, nowMs: number): boolean {
  const key = `${limit}/${subject}`;
  const policy = RATE_LIMITS[limit];
  // Full buckets are forgotten, so the table holds only who tried lately.
  sql.exec('DELETE FROM rate_limits WHERE full_at_ms <= ?', nowMs);
  const [row] = sql
    .exec<{ tokens: number; updated_at_ms: number }>('SELECT tokens, updated_at_ms FROM rate_limits WHERE key = ?', key)
    .toArray();
  const next = takeFromBucket(row && { tokens: row.tokens, updatedAtMs: row.updated_at_ms }, policy, nowMs);
  if (!next) return false;
  sql.exec(
    `INSERT INTO rate_limits (key, tokens, updated_at_ms, full_at_ms) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (key) DO UPDATE SET tokens = ?2, updated_at_ms = ?3, full_at_ms = ?4`,
    key,
    next.tokens,
    next.updatedAtMs,
    bucketFullAtMs(next, policy),
  );
  return true;
}
