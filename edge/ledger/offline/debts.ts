import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { accountNumberOf, availableMinor, loadAccount, ownSerialOf, SYSTEM_ACCOUNTS } from '../accounts.ts';
import { detailOfReference } from '../journal/entry-detail.ts';
import { loadPosting, type Posting, writeTransfer } from '../journal/posting.ts';
import type { BookContext, LedgerRules } from '../rules.ts';

/** The guarantee paid for a consent that its account had spent already: the account owes it. */
export function bookDebt({ sql, nowMs }: BookContext, request: number, account: number, amountMinor: number): void {
  sql.exec(
    'INSERT INTO debts (request, account, amount_minor, booked_at_ms) VALUES (?, ?, ?, ?)',
    request,
    account,
    amountMinor,
    nowMs,
  );
}

/** What an account owes the guarantee still, minor units. */
export function loadDebtMinor(sql: SqlStorage, account: number): number {
  return sql
    .exec<{ owed: number }>(
      `SELECT (SELECT coalesce(sum(amount_minor), 0) FROM debts WHERE account = ?1)
         - (SELECT coalesce(sum(amount_minor), 0) FROM debt_collections WHERE account = ?1) AS owed`,
      account,
    )
    .one().owed;
}

export interface DebtView {
  readonly accountNumber: AccountNumber;
  /** All that the guarantee ever paid for it. */
  readonly bookedMinor: number;
  readonly collectedMinor: number;
  /** The difference, and what of it could be collected now. */
  readonly owedMinor: number;
  readonly collectableMinor: number;
  readonly bookedAtMs: number;
}

/** Accounts that owe something, the newest first. */
export function listDebts(sql: SqlStorage, { participant }: LedgerRules): DebtView[] {
  return sql
    .exec<{ account: number; booked: number; collected: number; booked_at_ms: number }>(
      `SELECT d.account, sum(d.amount_minor) AS booked, max(d.booked_at_ms) AS booked_at_ms,
         (SELECT coalesce(sum(c.amount_minor), 0) FROM debt_collections c WHERE c.account = d.account) AS collected
       FROM debts d GROUP BY d.account HAVING booked > collected ORDER BY booked_at_ms DESC LIMIT 200`,
    )
    .toArray()
    .map(({ account, booked, collected, booked_at_ms }) => {
      const available = Math.max(0, availableMinor(loadAccount(sql, account)!));
      return {
        accountNumber: accountNumberOf(participant, account),
        bookedMinor: booked,
        collectedMinor: collected,
        owedMinor: booked - collected,
        collectableMinor: Math.min(available, booked - collected),
        bookedAtMs: booked_at_ms,
      };
    });
}

export interface CollectDebtCommand {
  readonly accountNumber: AccountNumber;
  /** Who said so: an administrator's name or an API key's. */
  readonly by: string;
}

/**
 * Takes what an account owes from what is on it, frozen or not, as far as it goes; the guarantee has it back.
 * Refuses `account_unknown`, `not_found` (it owes nothing), `insufficient_balance` (there is nothing on it).
 */
export function collectDebt(
  { sql, rules, nowMs }: BookContext,
  { accountNumber, by }: CollectDebtCommand,
): Result<{ readonly collectedMinor: number; readonly owedMinor: number }> {
  const serial = ownSerialOf(accountNumber, rules.participant);
  const account = serial === undefined ? undefined : loadAccount(sql, serial);
  if (account?.kind !== 'customer') return refuse('account_unknown');
  const owedMinor = loadDebtMinor(sql, account.serial);
  if (owedMinor <= 0) return refuse('not_found');
  const amountMinor = Math.min(owedMinor, availableMinor(account));
  if (amountMinor <= 0) return refuse('insufficient_balance');
  const posting = loadPosting(sql, account.serial, SYSTEM_ACCOUNTS.guarantee) as Posting;
  const reference = `debt ${account.serial} ${posting.head.sequence + 1}`;
  const detail = detailOfReference(reference);
  const { sequence } = writeTransfer(sql, posting, { kind: 'adjustment', amountMinor, detail }, nowMs);
  sql.exec('INSERT INTO transfer_references (reference, sequence) VALUES (?, ?)', reference, sequence);
  sql.exec(
    'INSERT INTO debt_collections (sequence, account, amount_minor, collected_by) VALUES (?, ?, ?, ?)',
    sequence,
    account.serial,
    amountMinor,
    by,
  );
  return accept({ collectedMinor: amountMinor, owedMinor: owedMinor - amountMinor });
}
