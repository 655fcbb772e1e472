import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { AccountNumber } from '../../../shared/protocol/identifiers.ts';
import { accept, type Result, refuse } from '../../../shared/protocol/result.ts';
import { ownSerialOf, SYSTEM_ACCOUNTS } from '../accounts.ts';
import type { BookContext } from '../rules.ts';
import { decideTransfer, isAmount } from './decide-transfer.ts';
import { detailOfReference, NO_DETAIL } from './entry-detail.ts';
import { decodeJournalRow, type JournalRow } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import { loadPosting, type Posting, writeTransfer } from './posting.ts';

/** What a caller gets for money that moved, was held, or stopped being held. */
export interface BookedTransfer {
  readonly sequence: number;
  readonly atMs: number;
  readonly amountMinor: number;
}

export interface TopUpCommand {
  readonly accountNumber: AccountNumber;
  readonly amountMinor: AmountMinor;
  /** Chosen by the caller; the same reference moves money once. */
  readonly reference: string;
}

export interface HoldCommand {
  readonly debit: AccountNumber;
  readonly credit: AccountNumber;
  readonly amountMinor: AmountMinor;
  readonly reference: string;
}

/** Money comes in: owed to the customer, and held by the programme. Refuses `account_unknown`, `account_frozen` (closed), `already_exists`. */
export function topUp(context: BookContext, command: TopUpCommand): Result<BookedTransfer> {
  const serial = ownSerialOf(command.accountNumber, context.rules.participant);
  return moveOnce(context, 'top-up', SYSTEM_ACCOUNTS.issuance, serial, command.amountMinor, command.reference);
}

/** Sets money aside; `post` makes it final, `voidHold` gives it back. */
export function hold(context: BookContext, command: HoldCommand): Result<BookedTransfer> {
  const { participant } = context.rules;
  const debit = ownSerialOf(command.debit, participant);
  const credit = ownSerialOf(command.credit, participant);
  return moveOnce(context, 'hold', debit, credit, command.amountMinor, command.reference);
}

/** @param amountMinor at most what was held, and all of it when left out; the rest is given back */
export function post(context: BookContext, holdSequence: number, amountMinor?: number): Result<BookedTransfer> {
  return endHold(context, 'post', holdSequence, amountMinor);
}

export function voidHold(context: BookContext, holdSequence: number): Result<BookedTransfer> {
  return endHold(context, 'void', holdSequence);
}

function moveOnce(
  context: BookContext,
  kind: 'top-up' | 'hold',
  debit: number | undefined,
  credit: number | undefined,
  amountMinor: number,
  reference: string,
): Result<BookedTransfer> {
  const { sql, nowMs } = context;
  if (debit === undefined || credit === undefined) return refuse('account_unknown');
  const first = loadByReference(sql, reference);
  if (first) {
    const { transfer } = first;
    const isSame =
      first.kind === kind &&
      transfer?.debit === debit &&
      transfer.credit === credit &&
      transfer.amountMinor === amountMinor;
    return isSame ? accept(bookedOf(first)) : refuse('already_exists', 'The reference was used for something else.');
  }
  const loaded = loadPosting(sql, debit, credit);
  const refusal = decideTransfer({ kind, debit: loaded.debit, credit: loaded.credit, amountMinor });
  if (refusal) return refuse(refusal);
  const head = writeTransfer(
    sql,
    loaded as Posting,
    { kind, amountMinor, detail: detailOfReference(reference) },
    nowMs,
  );
  sql.exec('INSERT INTO transfer_references (reference, sequence) VALUES (?, ?)', reference, head.sequence);
  return accept({ sequence: head.sequence, atMs: nowMs, amountMinor });
}

/** A hold ends once; the same end again answers as the first time. Refuses `not_found`, `already_exists` (ended otherwise). */
function endHold(
  { sql, nowMs }: BookContext,
  kind: 'post' | 'void',
  holdSequence: number,
  wantedMinor?: number,
): Result<BookedTransfer> {
  const held = loadEntry(sql, 'SELECT * FROM journal WHERE sequence = ?', holdSequence);
  if (held?.kind !== 'hold' || !held.transfer || isReserve(sql, holdSequence)) return refuse('not_found');
  const { debit, credit, amountMinor: heldMinor } = held.transfer;
  const amountMinor = wantedMinor ?? heldMinor;
  if (!isAmount(amountMinor) || amountMinor > heldMinor) return refuse('amount_out_of_bounds');
  const ended = loadEntry(sql, 'SELECT * FROM journal WHERE subject = ? AND kind IN (5, 6)', holdSequence);
  if (ended) {
    const isSame = ended.kind === kind && ended.transfer?.amountMinor === amountMinor;
    return isSame ? accept(bookedOf(ended)) : refuse('already_exists', 'The hold was ended otherwise.');
  }
  const loaded = loadPosting(sql, debit, credit);
  const refusal = decideTransfer({ kind, debit: loaded.debit, credit: loaded.credit, amountMinor });
  if (refusal) return refuse(refusal);
  const transfer = { kind, amountMinor, heldMinor, subject: holdSequence, detail: NO_DETAIL };
  const head = writeTransfer(sql, loaded as Posting, transfer, nowMs);
  return accept({ sequence: head.sequence, atMs: nowMs, amountMinor });
}

/** What is set aside for an allowance is moved with the allowance alone. */
function isReserve(sql: SqlStorage, holdSequence: number): boolean {
  return sql.exec('SELECT 1 FROM allowances WHERE hold_sequence = ?', holdSequence).toArray().length > 0;
}

function loadByReference(sql: SqlStorage, reference: string): JournalEntry | undefined {
  return loadEntry(
    sql,
    'SELECT j.* FROM transfer_references t JOIN journal j ON j.sequence = t.sequence WHERE t.reference = ?',
    reference,
  );
}

function loadEntry(sql: SqlStorage, query: string, key: string | number): JournalEntry | undefined {
  const [row] = sql.exec<JournalRow>(query, key).toArray();
  return row && decodeJournalRow(row);
}

function bookedOf({ sequence, atMs, transfer }: JournalEntry): BookedTransfer {
  return { sequence, atMs, amountMinor: transfer?.amountMinor ?? 0 };
}
