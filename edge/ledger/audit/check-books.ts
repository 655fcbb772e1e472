import type { RelyingParty } from '../../../shared/protocol/payment/verify-authorisation.ts';
import { loadHead } from '../journal/journal.ts';
import type { ReceiptSources } from '../payments/receipts.ts';
import { SELECT_REQUESTS, selectRequests } from '../payments/requests.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkAllowances } from './check-allowances.ts';
import { CHAIN_START, checkChain } from './check-chain.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkPayments } from './check-payments.ts';
import { readTrialBalance } from './trial-balance.ts';

export interface BooksCheck {
  readonly isWhole: boolean;
  /** What is wrong, in words. */
  readonly faults: readonly string[];
  readonly entries: number;
  /** Payments whose signatures were all verified again. */
  readonly verifiedPayments: number;
}

/** Signatures cost some 0.3 ms a request; the newest are verified. */
export const EVIDENCE_MAX = 1_000;

const NEWEST = `${SELECT_REQUESTS} ORDER BY r.id DESC LIMIT ?`;

/**
 * Everything that must always be true of the books, from the first entry on: for tests, and for an
 * auditor. Reads all, so it takes time with the size of the books.
 */
export async function checkBooks(
  sources: ReceiptSources,
  relyingParty: RelyingParty,
  nowMs: number,
): Promise<BooksCheck> {
  const { sql, shelf } = sources;
  const { sequence } = loadHead(sql);
  const chain = checkChain(sources, CHAIN_START, Number.MAX_SAFE_INTEGER);
  const faults = [
    ...readTrialBalance(sources, nowMs).faults,
    ...checkAccounts(sql),
    ...checkPayments(sql),
    ...checkAllowances(sql),
    ...checkStorage(sql),
  ];
  if (chain.brokenAt !== undefined)
    faults.push(`The chain is broken at entry ${chain.brokenAt}, counted from the start.`);
  const newest = selectRequests(sql, NEWEST, EVIDENCE_MAX);
  for (const record of newest) faults.push(...(await checkEvidence(shelf, record, relyingParty)));
  const verifiedPayments = newest.filter(({ paid }) => paid).length;
  return { isWhole: faults.length === 0, faults, entries: sequence + 1, verifiedPayments };
}

/** What SQLite itself says of its pages, indexes and references. */
function checkStorage(sql: SqlStorage): string[] {
  const damage = sql
    .exec<{ quick_check: string }>('PRAGMA quick_check')
    .toArray()
    .filter(({ quick_check }) => quick_check !== 'ok')
    .map(({ quick_check }) => `Storage: ${quick_check}.`);
  const orphans = sql.exec('PRAGMA foreign_key_check').toArray().length;
  return orphans > 0 ? [...damage, `${orphans} rows refer to what is not there.`] : damage;
}
