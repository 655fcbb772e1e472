import { encodeHex } from '../../../shared/protocol/bytes.ts';
import { SYSTEM_ACCOUNTS } from '../accounts.ts';
import { assertBooks } from '../contradiction.ts';
import { detailOfReference, NO_DETAIL } from '../journal/entry-detail.ts';
import { loadPosting, type Posting, writeTransfer } from '../journal/posting.ts';
import type { BookContext } from '../rules.ts';
import { type AllowanceRecord, selectAllowances } from './allowances.ts';

/**
 * What is set aside for an allowance is one hold on the customer's account at a time, in favour of the guarantee. To pay out of
 * it, or to give a part back, the hold is undone and the rest is held anew, in the same transaction. Whoever calls has decided:
 * money that was set aside is spoken for, whatever became of the account.
 */
export function holdReserve(context: BookContext, account: number, serial: Uint8Array, amountMinor: number): number {
  const { sql, nowMs } = context;
  const posting = loadPosting(sql, account, SYSTEM_ACCOUNTS.guarantee) as Posting;
  // Named by its own place in the journal, so that each is another.
  const reference = `allowance ${encodeHex(serial)} ${posting.head.sequence + 1}`;
  const detail = detailOfReference(reference);
  const { sequence } = writeTransfer(sql, posting, { kind: 'hold', amountMinor, detail }, nowMs);
  sql.exec('INSERT INTO transfer_references (reference, sequence) VALUES (?, ?)', reference, sequence);
  return sequence;
}

/** Undoes the hold: the money is available until `keepReserve` holds the rest. */
export function voidReserve({ sql, nowMs }: BookContext, allowance: AllowanceRecord): void {
  const { account, holdSequence, reservedMinor } = allowance;
  assertBooks(holdSequence !== undefined, `allowance ${allowance.id} has a hold`);
  const posting = loadPosting(sql, account, SYSTEM_ACCOUNTS.guarantee) as Posting;
  const detail = NO_DETAIL;
  const transfer = { kind: 'void', amountMinor: reservedMinor, heldMinor: reservedMinor, detail } as const;
  writeTransfer(sql, posting, { ...transfer, subject: holdSequence }, nowMs);
}

/** After `voidReserve`: holds what is left, and says how much of the rest was given back; what was not, was paid. */
export function keepReserve(
  context: BookContext,
  allowance: AllowanceRecord,
  { keptMinor, releasedMinor }: { readonly keptMinor: number; readonly releasedMinor: number },
): void {
  const { id, account, serial } = allowance;
  const holdSequence = keptMinor > 0 ? holdReserve(context, account, serial, keptMinor) : null;
  context.sql.exec(
    'UPDATE allowances SET reserved_minor = ?, released_minor = released_minor + ?, hold_sequence = ? WHERE id = ?',
    keptMinor,
    releasedMinor,
    holdSequence,
    id,
  );
}

/** Gives back all of an allowance's reserve but `keptMinor`. Changes nothing where no more than that is left. */
export function releaseReserve(context: BookContext, allowance: AllowanceRecord, keptMinor: number): void {
  const { reservedMinor } = allowance;
  if (reservedMinor <= keptMinor) return;
  voidReserve(context, allowance);
  keepReserve(context, allowance, { keptMinor, releasedMinor: reservedMinor - keptMinor });
}

/** How many are given back in one transaction, so that nobody at a till waits for it. */
const RELEASES_PER_RUN_MAX = 100;

/** Gives back what nobody claimed in time. @returns when the next is due; undefined: nothing is held */
export function releaseDueReserves(context: BookContext): number | undefined {
  const { sql, nowMs } = context;
  const due = 'WHERE reserved_minor > 0 AND claim_until_ms < ? ORDER BY claim_until_ms LIMIT ?';
  for (const allowance of selectAllowances(sql, due, nowMs, RELEASES_PER_RUN_MAX))
    releaseReserve(context, allowance, 0);
  return nextReleaseAtMs(sql);
}

/** The first moment after the claim window of what is held longest. */
export function nextReleaseAtMs(sql: SqlStorage): number | undefined {
  const { due } = sql
    .exec<{ due: number | null }>('SELECT min(claim_until_ms) AS due FROM allowances WHERE reserved_minor > 0')
    .one();
  return due === null ? undefined : due + 1;
}
