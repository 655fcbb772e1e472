import { type AccountNumber, createAccountNumber } from '../../../shared/protocol/identifiers.ts';
import { ENTRY_KINDS } from '../journal/journal-entry.ts';
import type { LedgerRules } from '../rules.ts';

/**
 * What shops took and what was refused, by quarters of an hour: every time zone's days begin on one. A summary of the
 * journal that can be made again from it at any time, so that a chart of a fortnight reads some hundred rows and not
 * every payment. It is brought up to the journal's end whenever it is asked; nothing on a payment's way writes it.
 */
export const TAKINGS_MIGRATIONS: readonly string[] = [
  `
  -- account: serial of the merchant's; 0 for refused attempts, which moved nothing.
  CREATE TABLE takings (
    quarter INTEGER NOT NULL,
    account INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    PRIMARY KEY (quarter, account)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE takings_read_to (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    sequence INTEGER NOT NULL
  ) STRICT;
  INSERT INTO takings_read_to (only_row, sequence) VALUES (1, 0);
  `,
];

const QUARTER_MS = 15 * 60_000;
const REFUSALS_ACCOUNT = 0;
/** A year of days, and one more moment to end it. */
export const TAKINGS_PERIODS_MAX = 366;

export interface Takings {
  readonly takingsMinor: number;
  readonly payments: number;
}

export interface PeriodTakings extends Takings {
  readonly startsAtMs: number;
  readonly refusals: number;
}

export interface MerchantTakings extends Takings {
  readonly accountNumber: AccountNumber;
}

/**
 * Of each period between two moments that follow one another.
 * @param boundariesMs ascending; each on a quarter of an hour, as every day's beginning is
 */
export function loadTakings(storage: DurableObjectStorage, boundariesMs: readonly number[]): PeriodTakings[] {
  summariseJournal(storage);
  const starts = boundariesMs.slice(0, Math.min(boundariesMs.length - 1, TAKINGS_PERIODS_MAX));
  return starts.map((startsAtMs, index) => {
    const row = storage.sql
      .exec<{ amount: number | null; payments: number | null; refusals: number | null }>(
        `SELECT sum(amount_minor) AS amount, sum(iif(account <> ?3, count, 0)) AS payments,
           sum(iif(account = ?3, count, 0)) AS refusals
         FROM takings WHERE quarter >= ?1 AND quarter < ?2`,
        quarterOf(startsAtMs),
        quarterOf(boundariesMs[index + 1] ?? startsAtMs),
        REFUSALS_ACCOUNT,
      )
      .one();
    const { amount, payments, refusals } = row;
    return { startsAtMs, takingsMinor: amount ?? 0, payments: payments ?? 0, refusals: refusals ?? 0 };
  });
}

/** Of each merchant that took anything from one moment up to another. */
export function loadTakingsByMerchant(
  storage: DurableObjectStorage,
  { participant }: LedgerRules,
  fromMs: number,
  toMs: number,
): MerchantTakings[] {
  summariseJournal(storage);
  return storage.sql
    .exec<{ account: number; amount: number; payments: number }>(
      `SELECT account, sum(amount_minor) AS amount, sum(count) AS payments
       FROM takings WHERE quarter >= ? AND quarter < ? AND account <> ? GROUP BY account`,
      quarterOf(fromMs),
      quarterOf(toMs),
      REFUSALS_ACCOUNT,
    )
    .toArray()
    .map(({ account, amount, payments }) => ({
      accountNumber: createAccountNumber(participant, account),
      takingsMinor: amount,
      payments,
    }));
}

/** Adds what the journal has gained since the last look, each entry once. */
function summariseJournal(storage: DurableObjectStorage): void {
  const { sql } = storage;
  const { newest, readTo } = sql
    .exec<{ newest: number; readTo: number }>(
      `SELECT (SELECT max(sequence) FROM journal) AS newest, sequence AS readTo FROM takings_read_to`,
    )
    .one();
  if (!(newest > readTo)) return;
  storage.transactionSync(() => {
    // A posted hold of a sale is one too; what else moves between accounts is no shop's takings.
    sql.exec(
      `INSERT INTO takings (quarter, account, count, amount_minor)
       SELECT j.at_ms / ${QUARTER_MS}, iif(j.kind = ${ENTRY_KINDS.refusal}, ${REFUSALS_ACCOUNT}, j.credit),
         count(*), sum(j.amount_minor)
       FROM journal j LEFT JOIN accounts a ON a.serial = j.credit
       WHERE j.sequence > ? AND j.sequence <= ? AND (j.kind = ${ENTRY_KINDS.refusal}
         OR (j.kind IN (${ENTRY_KINDS.payment}, ${ENTRY_KINDS.post}) AND a.kind = 'merchant'))
       GROUP BY 1, 2
       ON CONFLICT (quarter, account) DO UPDATE
         SET count = count + excluded.count, amount_minor = amount_minor + excluded.amount_minor`,
      readTo,
      newest,
    );
    sql.exec('UPDATE takings_read_to SET sequence = ?', newest);
  });
}

function quarterOf(atMs: number): number {
  return Math.floor(atMs / QUARTER_MS);
}
