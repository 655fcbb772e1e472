import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Account, AccountKind, AccountStatus } from './accounts.ts';
import { effectOf, type TransferKind } from './decide-transfer.ts';
import { appendEntry, type JournalHead } from './journal.ts';

/** The two accounts of a transfer and the entry it will be chained to, read at once: all that a posting needs. */
export interface Posting {
  readonly debit: Account;
  readonly credit: Account;
  readonly head: JournalHead;
}

export type LoadedPosting = Pick<Posting, 'head'> & { readonly debit?: Account; readonly credit?: Account };

interface PostingRow extends Record<string, SqlStorageValue> {
  d_kind: string | null;
  d_status: string;
  d_debits_pending: number;
  d_debits_posted: number;
  d_credits_pending: number;
  d_credits_posted: number;
  d_last_sequence: number;
  c_kind: string | null;
  c_status: string;
  c_debits_pending: number;
  c_debits_posted: number;
  c_credits_pending: number;
  c_credits_posted: number;
  c_last_sequence: number;
  sequence: number;
  hash: ArrayBuffer;
}

const columnsOf = (side: 'd' | 'c') =>
  ['kind', 'status', 'debits_pending', 'debits_posted', 'credits_pending', 'credits_posted', 'last_sequence']
    .map((column) => `${side}.${column} AS ${side}_${column}`)
    .join(', ');

/** One statement: this is on the way of every payment. */
const LOAD_POSTING = `
  SELECT ${columnsOf('d')}, ${columnsOf('c')}, h.sequence, h.hash
  FROM (SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1) h
  LEFT JOIN accounts d ON d.serial = ?1
  LEFT JOIN accounts c ON c.serial = ?2`;

const WRITE_ACCOUNTS = `
  UPDATE accounts SET
    debits_pending = debits_pending + iif(serial = ?1, ?3, 0),
    debits_posted = debits_posted + iif(serial = ?1, ?4, 0),
    credits_pending = credits_pending + iif(serial = ?2, ?3, 0),
    credits_posted = credits_posted + iif(serial = ?2, ?4, 0),
    last_sequence = ?5
  WHERE serial IN (?1, ?2)`;

export function loadPosting(sql: SqlStorage, debit: number, credit: number): LoadedPosting {
  const row = sql.exec<PostingRow>(LOAD_POSTING, debit, credit).one();
  const head = { sequence: row.sequence, hash: new Uint8Array(row.hash) };
  return {
    head,
    ...(row.d_kind !== null && {
      debit: {
        serial: debit,
        kind: row.d_kind as AccountKind,
        status: row.d_status as AccountStatus,
        debitsPending: row.d_debits_pending,
        debitsPosted: row.d_debits_posted,
        creditsPending: row.d_credits_pending,
        creditsPosted: row.d_credits_posted,
        lastSequence: row.d_last_sequence,
      },
    }),
    ...(row.c_kind !== null && {
      credit: {
        serial: credit,
        kind: row.c_kind as AccountKind,
        status: row.c_status as AccountStatus,
        debitsPending: row.c_debits_pending,
        debitsPosted: row.c_debits_posted,
        creditsPending: row.c_credits_pending,
        creditsPosted: row.c_credits_posted,
        lastSequence: row.c_last_sequence,
      },
    }),
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
