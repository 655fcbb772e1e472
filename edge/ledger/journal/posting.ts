import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { Account, AccountKind, AccountStatus } from '../accounts.ts';
import { effectOf, type TransferKind } from './decide-transfer.ts';
import { appendEntry, type JournalHead } from './journal.ts';

/** The two accounts of a transfer and the entry it will be chained to, read at once: all that a posting needs. */
export interface Posting {
  readonly debit: Account;
  readonly credit: Account;
  readonly head: JournalHead;
}

export interface LoadedPosting {
  readonly debit: Account | undefined;
  readonly credit: Account | undefined;
  readonly head: JournalHead;
}

/** Named for a join: both accounts' columns, and the head's. */
export interface PostingRow extends Record<string, SqlStorageValue> {
  debit_serial: number | null;
  debit_kind: string;
  debit_status: string;
  debit_debits_pending: number;
  debit_debits_posted: number;
  debit_credits_pending: number;
  debit_credits_posted: number;
  debit_last_sequence: number;
  credit_serial: number | null;
  credit_kind: string;
  credit_status: string;
  credit_debits_pending: number;
  credit_debits_posted: number;
  credit_credits_pending: number;
  credit_credits_posted: number;
  credit_last_sequence: number;
  head_sequence: number;
  head_hash: ArrayBuffer;
}

const ACCOUNT_COLUMNS = [
  'serial',
  'kind',
  'status',
  'debits_pending',
  'debits_posted',
  'credits_pending',
  'credits_posted',
  'last_sequence',
] as const;

const columnsOf = (side: 'debit' | 'credit') =>
  ACCOUNT_COLUMNS.map((column) => `${side}.${column} AS ${side}_${column}`).join(', ');

/** Of the head of the journal and the accounts joined to it as `debit` and `credit`. */
export const POSTING_COLUMNS = `${columnsOf('debit')}, ${columnsOf('credit')}, h.sequence AS head_sequence, h.hash AS head_hash`;
export const HEAD = '(SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1) h';

/** One statement: this is on the way of every transfer. */
const LOAD_POSTING = `
  SELECT ${POSTING_COLUMNS} FROM ${HEAD}
  LEFT JOIN accounts debit ON debit.serial = ?1
  LEFT JOIN accounts credit ON credit.serial = ?2`;

const WRITE_ACCOUNTS = `
  UPDATE accounts SET
    debits_pending = debits_pending + iif(serial = ?1, ?3, 0),
    debits_posted = debits_posted + iif(serial = ?1, ?4, 0),
    credits_pending = credits_pending + iif(serial = ?2, ?3, 0),
    credits_posted = credits_posted + iif(serial = ?2, ?4, 0),
    last_sequence = ?5
  WHERE serial IN (?1, ?2)`;

export function loadPosting(sql: SqlStorage, debit: number, credit: number): LoadedPosting {
  return decodePostingRow(sql.exec<PostingRow>(LOAD_POSTING, debit, credit).one());
}

export function decodePostingRow(row: PostingRow): LoadedPosting {
  return {
    head: { sequence: row.head_sequence, hash: new Uint8Array(row.head_hash) },
    debit:
      row.debit_serial === null
        ? undefined
        : {
            serial: row.debit_serial,
            kind: row.debit_kind as AccountKind,
            status: row.debit_status as AccountStatus,
            debitsPending: row.debit_debits_pending,
            debitsPosted: row.debit_debits_posted,
            creditsPending: row.debit_credits_pending,
            creditsPosted: row.debit_credits_posted,
            lastSequence: row.debit_last_sequence,
          },
    credit:
      row.credit_serial === null
        ? undefined
        : {
            serial: row.credit_serial,
            kind: row.credit_kind as AccountKind,
            status: row.credit_status as AccountStatus,
            debitsPending: row.credit_debits_pending,
            debitsPosted: row.credit_debits_posted,
            creditsPending: row.credit_credits_pending,
            creditsPosted: row.credit_credits_posted,
            lastSequence: row.credit_last_sequence,
          },
  };
}

export interface Transfer {
  readonly kind: TransferKind;
  readonly amountMinor: number;
  /** Of a post or void: what the hold set aside. */
  readonly heldMinor?: number;
  readonly subject?: number;
  readonly detail: Bytes;
}

/**
 * Writes one transfer: the journal entry and both accounts. To be called after the decision: from here it must succeed,
 * and a CHECK that fails is a contradiction in the books, not a refusal. @returns the new head
 */
export function writeTransfer(sql: SqlStorage, posting: Posting, transfer: Transfer, nowMs: number): JournalHead {
  const { debit, credit, head } = posting;
  const { kind, amountMinor, heldMinor, subject, detail } = transfer;
  const entry = {
    kind,
    transfer: {
      debit: debit.serial,
      credit: credit.serial,
      amountMinor,
      debitPrevious: debit.lastSequence,
      creditPrevious: credit.lastSequence,
    },
    ...(subject !== undefined && { subject }),
    detail,
  };
  const written = appendEntry(sql, head, entry, nowMs);
  const { pendingMinor, postedMinor } = effectOf(kind, amountMinor, heldMinor);
  sql.exec(WRITE_ACCOUNTS, debit.serial, credit.serial, pendingMinor, postedMinor, written.sequence);
  return written;
}
