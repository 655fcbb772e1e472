import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../shared/protocol/result.ts';
import { type AccountStatus, loadAccount, ownSerialOf } from './accounts.ts';
import { detailOfStatus } from './journal/entry-detail.ts';
import { appendEntry, loadHead } from './journal/journal.ts';
import { revokeAllowancesOfAccount } from './offline/revocations.ts';
import type { BookContext } from './rules.ts';

export interface SetAccountStatusCommand {
  readonly accountNumber: AccountNumber;
  readonly status: 'open' | 'frozen';
  readonly reason: string;
  /** Who said so: an administrator's name or an API key's. */
  readonly by: string;
}

export interface StatusChange {
  readonly atMs: number;
  readonly status: AccountStatus;
  readonly reason: string;
  readonly by: string;
}

/**
 * Freezes or opens an account; a change goes into the journal. What a frozen one has set aside for paying without network is
 * withdrawn. Refuses `account_unknown`, `account_frozen` (closed for good).
 */
export function setAccountStatus(context: BookContext, command: SetAccountStatusCommand): Result<true> {
  const { sql, rules, nowMs } = context;
  const { accountNumber, status, reason, by } = command;
  const serial = ownSerialOf(accountNumber, rules.participant);
  const account = serial === undefined ? undefined : loadAccount(sql, serial);
  if (!account || (account.kind !== 'customer' && account.kind !== 'merchant')) return refuse('account_unknown');
  if (account.status === 'closed') return refuse('account_frozen');
  if (account.status === status) return accept(true);
  const detail = detailOfStatus(account.serial, status, reason, by);
  const { sequence } = appendEntry(sql, loadHead(sql), { kind: 'status', detail }, nowMs);
  sql.exec(
    'INSERT INTO account_statuses (sequence, account, status, reason, changed_by) VALUES (?, ?, ?, ?, ?)',
    sequence,
    account.serial,
    status,
    reason,
    by,
  );
  sql.exec('UPDATE accounts SET status = ? WHERE serial = ?', status, account.serial);
  if (status === 'frozen') revokeAllowancesOfAccount(sql, account.serial, reason, nowMs);
  return accept(true);
}

/** Newest first. */
export function loadStatusChanges(sql: SqlStorage, serial: number): StatusChange[] {
  return sql
    .exec<{ at_ms: number; status: AccountStatus; reason: string; changed_by: string }>(
      `SELECT j.at_ms, s.status, s.reason, s.changed_by
       FROM account_statuses s JOIN journal j ON j.sequence = s.sequence
       WHERE s.account = ? ORDER BY s.sequence DESC LIMIT 100`,
      serial,
    )
    .toArray()
    .map(({ at_ms, status, reason, changed_by }) => ({ atMs: at_ms, status, reason, by: changed_by }));
}
