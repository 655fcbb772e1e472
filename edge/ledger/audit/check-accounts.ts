import { type AccountRow, availableMinor, decodeAccountRow } from '../accounts.ts';
import { effectOf, type TransferKind } from '../journal/decide-transfer.ts';
import { decodeJournalRow, type JournalRow } from '../journal/journal.ts';

interface Sums {
  debitsPending: number;
  debitsPosted: number;
  creditsPending: number;
  creditsPosted: number;
  lastSequence: number;
}

/**
 * Adds the whole journal up again and compares every account's row with its sum; no customer is below zero; each entry
 * names the one before it on both its accounts. @returns what is wrong, in words
 */
export function checkAccounts(sql: SqlStorage): string[] {
  const faults: string[] = [];
  const sums = addUpJournal(sql, faults);
  for (const row of sql.exec<AccountRow>('SELECT * FROM accounts')) {
    const account = decodeAccountRow(row);
    const sum = sums.get(account.serial) ?? NOTHING;
    sums.delete(account.serial);
    for (const name of Object.keys(sum) as (keyof Sums)[]) {
      if (account[name] !== sum[name])
        faults.push(`Account ${account.serial}: ${name} is ${account[name]}, its entries give ${sum[name]}.`);
    }
    if (account.kind === 'customer' && availableMinor(account) < 0)
      faults.push(`Account ${account.serial} is below zero.`);
  }
  for (const serial of sums.keys()) faults.push(`The journal names account ${serial}, which is not there.`);
  return faults;
}

const NOTHING: Sums = { debitsPending: 0, debitsPosted: 0, creditsPending: 0, creditsPosted: 0, lastSequence: 0 };

function addUpJournal(sql: SqlStorage, faults: string[]): Map<number, Sums> {
  const sums = new Map<number, Sums>();
  const heldMinor = new Map<number, number>();
  const sumOf = (serial: number) => {
    const sum = sums.get(serial) ?? { ...NOTHING };
    sums.set(serial, sum);
    return sum;
  };
  for (const row of sql.exec<JournalRow>('SELECT * FROM journal ORDER BY sequence')) {
    const { sequence, kind, transfer, subject } = decodeJournalRow(row);
    if (!transfer) continue;
    const { debit, credit, amountMinor, debitPrevious, creditPrevious } = transfer;
    const isEnd = kind === 'post' || kind === 'void';
    const held = isEnd ? heldMinor.get(subject ?? 0) : undefined;
    if (isEnd && held === undefined) faults.push(`Entry ${sequence} ends a hold that is not open.`);
    if (kind === 'hold') heldMinor.set(sequence, amountMinor);
    if (isEnd) heldMinor.delete(subject ?? 0);
    const { pendingMinor, postedMinor } = effectOf(kind as TransferKind, amountMinor, held);
    const debited = sumOf(debit);
    const credited = sumOf(credit);
    if (debited.lastSequence !== debitPrevious || credited.lastSequence !== creditPrevious)
      faults.push(`Entry ${sequence} does not name the entries before it on its accounts.`);
    debited.debitsPending += pendingMinor;
    debited.debitsPosted += postedMinor;
    credited.creditsPending += pendingMinor;
    credited.creditsPosted += postedMinor;
    debited.lastSequence = sequence;
    credited.lastSequence = sequence;
  }
  return sums;
}
