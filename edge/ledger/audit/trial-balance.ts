import { ACCOUNT_KINDS, type AccountKind } from '../accounts.ts';
import { loadHead } from '../journal/journal.ts';
import type { ReceiptSources } from '../payments/receipts.ts';
import { CHAIN_START, type ChainPlace, checkChain } from './check-chain.ts';

/** What accounts of one kind add up to. */
export interface TrialBalanceLine {
  readonly kind: AccountKind;
  readonly accounts: number;
  readonly debitsMinor: number;
  readonly creditsMinor: number;
  /** Set aside on these accounts, not yet moved. */
  readonly heldMinor: number;
}

export interface TrialBalance {
  readonly lines: readonly TrialBalanceLine[];
  readonly debitsMinor: number;
  readonly creditsMinor: number;
  /** Money in = balances (available + held + reserved) + owed to merchants + guarantee. */
  readonly moneyInMinor: number;
  readonly availableMinor: number;
  /** Held for anything but paying without network. */
  readonly heldMinor: number;
  /** Set aside on customers' accounts for paying without network. */
  readonly reservedMinor: number;
  readonly owedToMerchantsMinor: number;
  readonly guaranteeMinor: number;
  /** Entries in the journal, and how far its chain was found whole; the check goes on with each look. */
  readonly entries: number;
  readonly checkedEntries: number;
  /** What is wrong, in words. */
  readonly faults: readonly string[];
  readonly readAtMs: number;
}

interface KindRow extends Record<string, SqlStorageValue> {
  kind: string;
  accounts: number;
  debits: number;
  credits: number;
  held_debits: number;
  held_credits: number;
}

/** Some 30 ms of work at most: a look at the books must not keep the till waiting. */
const CHAIN_ENTRIES_PER_LOOK = 500;

/** Whether the books balance, live: all sums, and the chain a piece further than the last look went. */
export function readTrialBalance(sources: ReceiptSources, nowMs: number): TrialBalance {
  const { sql } = sources;
  const rows = sql
    .exec<KindRow>(
      `SELECT kind, count(*) AS accounts, sum(debits_posted) AS debits, sum(credits_posted) AS credits,
         sum(debits_pending) AS held_debits, sum(credits_pending) AS held_credits
       FROM accounts GROUP BY kind`,
    )
    .toArray();
  const lines = ACCOUNT_KINDS.map((kind) => describeKind(kind, rows));
  const of = (kind: AccountKind) => lines.find((line) => line.kind === kind) as TrialBalanceLine;
  const owedMinor = (kind: AccountKind) => of(kind).creditsMinor - of(kind).debitsMinor;
  const sum = (pick: (row: KindRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const chain = advanceCheckpoint(sources, nowMs);
  const onHoldMinor = of('customer').heldMinor;
  const reservedMinor = loadReservedMinor(sql);
  const balance = {
    lines,
    debitsMinor: sum((row) => row.debits),
    creditsMinor: sum((row) => row.credits),
    // From zero, for the negative of nothing would be -0.
    moneyInMinor: 0 - owedMinor('issuance'),
    availableMinor: owedMinor('customer') - onHoldMinor,
    heldMinor: onHoldMinor - reservedMinor,
    reservedMinor,
    owedToMerchantsMinor: owedMinor('merchant'),
    guaranteeMinor: owedMinor('guarantee'),
    entries: loadHead(sql).sequence + 1,
    checkedEntries: chain.upTo.sequence + 1,
    readAtMs: nowMs,
  };
  const faults = [...sayImbalance(balance), ...loadHalts(sql)];
  if (sum((row) => row.held_debits) !== sum((row) => row.held_credits))
    faults.push('Holds are not held on both sides.');
  if (chain.brokenAt !== undefined) faults.push(`The chain of the journal is broken at entry ${chain.brokenAt}.`);
  return { ...balance, faults };
}

function sayImbalance(balance: Omit<TrialBalance, 'faults'>): string[] {
  const { debitsMinor, creditsMinor, moneyInMinor, availableMinor, heldMinor, reservedMinor } = balance;
  const faults: string[] = [];
  if (debitsMinor !== creditsMinor) faults.push('Debits do not equal credits.');
  const ofCustomersMinor = availableMinor + heldMinor + reservedMinor;
  const accountedMinor = ofCustomersMinor + balance.owedToMerchantsMinor + balance.guaranteeMinor;
  if (moneyInMinor !== accountedMinor) faults.push('The money that came in is not all accounted for.');
  if (heldMinor < 0) faults.push('More is set aside for paying without network than is held.');
  return faults;
}

function loadReservedMinor(sql: SqlStorage): number {
  return sql
    .exec<{ reserved: number }>(
      'SELECT coalesce(sum(reserved_minor), 0) AS reserved FROM allowances WHERE reserved_minor > 0',
    )
    .one().reserved;
}

export function loadHalts(sql: SqlStorage): string[] {
  return sql
    .exec<{ reason: string }>('SELECT reason FROM halts ORDER BY id')
    .toArray()
    .map(({ reason }) => `Postings stopped: ${reason}`);
}

function describeKind(kind: AccountKind, rows: readonly KindRow[]): TrialBalanceLine {
  const row = rows.find((candidate) => candidate.kind === kind);
  return {
    kind,
    accounts: row?.accounts ?? 0,
    debitsMinor: row?.debits ?? 0,
    creditsMinor: row?.credits ?? 0,
    heldMinor: kind === 'customer' ? (row?.held_debits ?? 0) : (row?.held_credits ?? 0),
  };
}

/** Goes on where the last check ended, and remembers how far it came. */
function advanceCheckpoint(sources: ReceiptSources, nowMs: number) {
  const { sql } = sources;
  const from = loadCheckpoint(sql);
  const check = checkChain(sources, from, CHAIN_ENTRIES_PER_LOOK);
  if (check.upTo.sequence > from.sequence) {
    sql.exec(
      `INSERT INTO checkpoints (id, sequence, hash, at_ms) VALUES (1, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash, at_ms = excluded.at_ms`,
      check.upTo.sequence,
      check.upTo.hash,
      nowMs,
    );
  }
  return check;
}

function loadCheckpoint(sql: SqlStorage): ChainPlace {
  const [row] = sql.exec<{ sequence: number; hash: ArrayBuffer }>('SELECT sequence, hash FROM checkpoints').toArray();
  return row ? { sequence: row.sequence, hash: new Uint8Array(row.hash) } : CHAIN_START;
}
