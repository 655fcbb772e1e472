import {
  type BucketPolicy,
  type BucketState,
  bucketFullAtMs,
  giveBackToBucket,
  takeFromBucket,
} from './token-bucket.ts';

/**
 * Limits by what is attacked. Nothing here guards a secret that could be guessed in any number of tries (codes have 58
 * and more random bits, passkeys none to guess); it keeps floods off the objects and guessers out of the log.
 * Where all callers count as one address (no proxy that names them), the `…ByAddress` limits hold for all together.
 */
const RATE_LIMITS = {
  activationByAddress: { capacity: 30, refillSeconds: 2 },
  helloByTablet: { capacity: 30, refillSeconds: 2 },
  registrationByAddress: { capacity: 200, refillSeconds: 0.5 },
  signInByAddress: { capacity: 100, refillSeconds: 0.5 },
  signInByCredential: { capacity: 10, refillSeconds: 6 },
  signInByTerminal: { capacity: 20, refillSeconds: 3 },
  enrolmentByOperator: { capacity: 10, refillSeconds: 30 },
  claimByCustomer: { capacity: 10, refillSeconds: 30 },
  rehearsalByCustomer: { capacity: 10, refillSeconds: 30 },
  allowanceByCustomer: { capacity: 30, refillSeconds: 10 },
  payCodeCancelByCustomer: { capacity: 30, refillSeconds: 10 },
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
  const key = keyOf(limit, subject);
  // Full buckets are forgotten, so the table holds only who tried lately.
  sql.exec('DELETE FROM rate_limits WHERE full_at_ms <= ?', nowMs);
  const next = takeFromBucket(loadBucket(sql, key), RATE_LIMITS[limit], nowMs);
  if (next) saveBucket(sql, key, next, RATE_LIMITS[limit]);
  return next !== undefined;
}

/** After a try that came to a good end, where only those that do not shall count. */
export function giveBackRateLimit(sql: SqlStorage, limit: RateLimit, subject: string, nowMs: number): void {
  const key = keyOf(limit, subject);
  const bucket = loadBucket(sql, key);
  if (bucket) saveBucket(sql, key, giveBackToBucket(bucket, RATE_LIMITS[limit], nowMs), RATE_LIMITS[limit]);
}

function keyOf(limit: RateLimit, subject: string): string {
  return `${limit}/${subject}`;
}

function loadBucket(sql: SqlStorage, key: string): BucketState | undefined {
  const [row] = sql
    .exec<{ tokens: number; updated_at_ms: number }>('SELECT tokens, updated_at_ms FROM rate_limits WHERE key = ?', key)
    .toArray();
  return row && { tokens: row.tokens, updatedAtMs: row.updated_at_ms };
}

function saveBucket(sql: SqlStorage, key: string, bucket: BucketState, policy: BucketPolicy): void {
  sql.exec(
    `INSERT INTO rate_limits (key, tokens, updated_at_ms, full_at_ms) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (key) DO UPDATE SET tokens = ?2, updated_at_ms = ?3, full_at_ms = ?4`,
    key,
    bucket.tokens,
    bucket.updatedAtMs,
    bucketFullAtMs(bucket, policy),
  );
}
