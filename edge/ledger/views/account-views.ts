import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { loadStatusChanges, type StatusChange } from '../account-status.ts';
import {
  type AccountKind,
  type AccountRow,
  type AccountStatus,
  accountNumberOf,
  availableMinor,
  balanceMinor,
  decodeAccountRow,
  ownSerialOf,
} from '../accounts.ts';
import type { LedgerRules } from '../rules.ts';

/** An account for a screen. Balances are what the programme owes its holder. */
export interface AccountView {
  readonly accountNumber: AccountNumber;
  readonly kind: AccountKind;
  readonly status: AccountStatus;
  readonly balanceMinor: number;
  readonly heldMinor: number;
  readonly availableMinor: number;
  readonly openedAtMs: number;
}

export interface AccountDetails extends AccountView {
  readonly statusChanges: readonly StatusChange[];
}

export interface AccountFilter {
  readonly kind: AccountKind;
  /** Account number of the last one seen. */
  readonly after?: AccountNumber;
  readonly limit: number;
}

export const ACCOUNTS_PER_PAGE_MAX = 200;

export function loadAccountDetails(
  sql: SqlStorage,
  rules: LedgerRules,
  accountNumber: AccountNumber,
): AccountDetails | undefined {
  const serial = ownSerialOf(accountNumber, rules.participant);
  if (serial === undefined) return undefined;
  const [row] = sql.exec<AccountRow>('SELECT * FROM accounts WHERE serial = ?', serial).toArray();
  return row && { ...viewOf(rules, row), statusChanges: loadStatusChanges(sql, serial) };
}

/** Those of the list that are in these books, in its order. */
export function loadAccountViews(
  sql: SqlStorage,
  rules: LedgerRules,
  accountNumbers: readonly AccountNumber[],
): AccountView[] {
  return accountNumbers.flatMap((accountNumber) => {
    const serial = ownSerialOf(accountNumber, rules.participant);
    if (serial === undefined) return [];
    return sql
      .exec<AccountRow>('SELECT * FROM accounts WHERE serial = ?', serial)
      .toArray()
      .map((row) => viewOf(rules, row));
  });
}

/** In order of their number. */
export function listAccounts(sql: SqlStorage, rules: LedgerRules, filter: AccountFilter): AccountView[] {
  const after = filter.after === undefined ? 0 : (ownSerialOf(filter.after, rules.participant) ?? 0);
  return sql
    .exec<AccountRow>(
      'SELECT * FROM accounts WHERE kind = ? AND serial > ? ORDER BY serial LIMIT ?',
      filter.kind,
      after,
      Math.min(filter.limit, ACCOUNTS_PER_PAGE_MAX),
    )
    .toArray()
    .map((row) => viewOf(rules, row));
}

function viewOf(rules: LedgerRules, row: AccountRow): AccountView {
  const account = decodeAccountRow(row);
  return {
    accountNumber: accountNumberOf(rules.participant, account.serial),
    kind: account.kind,
    status: account.status,
    balanceMinor: balanceMinor(account),
    heldMinor: account.debitsPending,
    availableMinor: availableMinor(account),
    openedAtMs: row.opened_at_ms,
  };
}
