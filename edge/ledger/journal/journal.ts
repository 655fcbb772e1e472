import { type Bytes, encodeUtf8 } from '../../../shared/protocol/bytes.ts';
import {
  ENTRY_KINDS,
  type EntryKind,
  type EntryTransfer,
  GENESIS_HASH,
  hashEntry,
  type JournalEntry,
  nameOfEntryKind,
} from './journal-entry.ts';

/** The newest entry: the next one is chained to it. */
export interface JournalHead {
  readonly sequence: number;
  readonly hash: Bytes;
}

/** What is written: everything but the place in the chain, which the head gives. */
export interface NewEntry {
  readonly kind: EntryKind;
  readonly transfer?: EntryTransfer;
  readonly subject?: number;
  /** What the hash covers besides: see `entry-detail.ts`. */
  readonly detail: Uint8Array;
}

export interface JournalRow extends Record<string, SqlStorageValue> {
  sequence: number;
  kind: number;
  at_ms: number;
  debit: number | null;
  credit: number | null;
  amount_minor: number;
  debit_previous: number | null;
  credit_previous: number | null;
  subject: number | null;
  hash: ArrayBuffer;
}

export function loadHead(sql: SqlStorage): JournalHead {
  const row = sql
    .exec<{ sequence: number; hash: ArrayBuffer }>('SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1')
    .one();
  return { sequence: row.sequence, hash: new Uint8Array(row.hash) };
}

/** Entry 0: what books these are. */
export function openJournal(sql: SqlStorage, opening: string, nowMs: number): void {
  const entry: JournalEntry = { sequence: 0, kind: 'opening', atMs: nowMs };
  insertEntry(sql, entry, hashEntry(entry, GENESIS_HASH, encodeUtf8(opening)));
}

/** Appends one entry to the chain. @returns the new head */
export function appendEntry(sql: SqlStorage, head: JournalHead, written: NewEntry, nowMs: number): JournalHead {
  const { kind, transfer, subject, detail } = written;
  const entry: JournalEntry = { sequence: head.sequence + 1, kind, atMs: nowMs, transfer, subject };
  const hash = hashEntry(entry, head.hash, detail);
  insertEntry(sql, entry, hash);
  return { sequence: entry.sequence, hash };
}

function insertEntry(sql: SqlStorage, entry: JournalEntry, hash: Bytes): void {
  const { transfer } = entry;
  sql.exec(
    `INSERT INTO journal
       (sequence, kind, at_ms, debit, credit, amount_minor, debit_previous, credit_previous, subject, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.sequence,
    ENTRY_KINDS[entry.kind],
    entry.atMs,
    transfer?.debit ?? null,
    transfer?.credit ?? null,
    transfer?.amountMinor ?? 0,
    transfer?.debitPrevious ?? null,
    transfer?.creditPrevious ?? null,
    entry.subject ?? null,
    hash,
  );
}

export function decodeJournalRow(row: JournalRow): JournalEntry {
  const hasTransfer = row.debit !== null && row.credit !== null;
  return {
    sequence: row.sequence,
    kind: nameOfEntryKind(row.kind),
    atMs: row.at_ms,
    transfer: hasTransfer
      ? {
          debit: row.debit as number,
          credit: row.credit as number,
          amountMinor: row.amount_minor,
          debitPrevious: row.debit_previous ?? 0,
          creditPrevious: row.credit_previous ?? 0,
        }
      : undefined,
    subject: row.subject ?? undefined,
  };
}
