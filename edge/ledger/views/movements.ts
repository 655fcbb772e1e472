import { encodeBase64url } from '../../../shared/protocol/bytes.ts';
import type { AccountNumber, TraceKey } from '../../../shared/protocol/identifiers.ts';
import type { MovementAnswer } from '../../../shared/protocol/wire/wallet.ts';
import type { CentreSigner } from '../../clearing/centre-signer.ts';
import { loadAccount, ownSerialOf } from '../accounts.ts';
import { decodeJournalRow, type JournalRow } from '../journal/journal.ts';
import type { EntryKind, EntryTransfer, JournalEntry } from '../journal/journal-entry.ts';
import { draftPaidReceipt, type ReceiptDraft, type ReceiptSources, signReceipt } from '../payments/receipts.ts';
import { loadRequestById } from '../payments/requests.ts';

export interface MovementFilter {
  readonly accountNumbers: readonly AccountNumber[];
  /** Sequence of the last movement seen. */
  readonly before?: number;
  readonly limit: number;
}

/** A movement on an account; negative amounts left it. */
export interface MovementDraft {
  readonly accountNumber: AccountNumber;
  readonly sequence: number;
  readonly kind: MovementAnswer['kind'];
  readonly atMs: number;
  /** When the customer paid, where that was before the books heard of it. */
  readonly paidAtMs?: number;
  readonly amountMinor: number;
  readonly traceKey?: TraceKey;
  readonly shopName?: string;
  readonly receipt?: ReceiptDraft;
}

export type MovementView = MovementAnswer & { readonly traceKey?: TraceKey };

export const MOVEMENTS_PER_PAGE_MAX = 100;

/** Kinds of entry that move money, as their holder knows them. Holds move nothing yet. */
const MOVEMENT_KINDS: Partial<Record<EntryKind, MovementAnswer['kind']>> = {
  payment: 'payment',
  post: 'payment',
  'top-up': 'top-up',
  adjustment: 'adjustment',
};

/**
 * Movements of these accounts, newest first. Each entry names the account's entry before it, so a page is read by walking
 * back, and no index grows with the payments.
 */
export function loadMovements(sources: ReceiptSources, filter: MovementFilter): MovementDraft[] {
  const limit = Math.min(filter.limit, MOVEMENTS_PER_PAGE_MAX);
  return filter.accountNumbers
    .flatMap((accountNumber) => walkBack(sources, accountNumber, filter.before, limit))
    .sort((left, right) => right.sequence - left.sequence)
    .slice(0, limit)
    .map((draft) => describePayment(sources, draft));
}

export async function signMovement(draft: MovementDraft, signer: CentreSigner): Promise<MovementView> {
  const { receipt, ...movement } = draft;
  return { ...movement, ...(receipt && { receipt: encodeBase64url(await signReceipt(receipt, signer)) }) };
}

/** A movement with the request it paid, if it did. */
type Step = MovementDraft & { readonly request?: number | undefined };

function walkBack(
  { sql, rules }: ReceiptSources,
  accountNumber: AccountNumber,
  before: number | undefined,
  limit: number,
): Step[] {
  const serial = ownSerialOf(accountNumber, rules.participant);
  const account = serial === undefined ? undefined : loadAccount(sql, serial);
  if (serial === undefined || !account) return [];
  const steps: Step[] = [];
  let sequence = startBefore(sql, serial, account.lastSequence, before);
  while (sequence > 0 && steps.length < limit) {
    const entry = loadEntry(sql, sequence);
    const { transfer } = entry;
    const kind = MOVEMENT_KINDS[entry.kind];
    if (kind && (before === undefined || sequence < before)) {
      const amountMinor = transfer.debit === serial ? -transfer.amountMinor : transfer.amountMinor;
      const request = entry.kind === 'payment' ? entry.subject : undefined;
      steps.push({ accountNumber, sequence, kind, atMs: entry.atMs, amountMinor, request });
    }
    sequence = previousOn(transfer, serial);
  }
  return steps;
}

/** A cursor that is an entry of this account is a way in; otherwise the walk begins at the newest. */
function startBefore(sql: SqlStorage, serial: number, newest: number, before: number | undefined): number {
  if (before === undefined || before > newest) return newest;
  const [row] = sql.exec<JournalRow>('SELECT * FROM journal WHERE sequence = ?', before).toArray();
  if (row?.debit !== serial && row?.credit !== serial) return newest;
  return previousOn(decodeJournalRow(row).transfer as EntryTransfer, serial);
}

function previousOn(transfer: EntryTransfer, serial: number): number {
  return transfer.debit === serial ? transfer.debitPrevious : transfer.creditPrevious;
}

function loadEntry(sql: SqlStorage, sequence: number): JournalEntry & { readonly transfer: EntryTransfer } {
  const row = sql.exec<JournalRow>('SELECT * FROM journal WHERE sequence = ?', sequence).one();
  return decodeJournalRow(row) as JournalEntry & { transfer: EntryTransfer };
}

function describePayment(sources: ReceiptSources, { request, ...draft }: Step): MovementDraft {
  if (request === undefined) return draft;
  const record = loadRequestById(sources.sql, request);
  if (!record.paid) return draft;
  const receipt = draftPaidReceipt(sources, record, record.paid);
  const { paidAtMs } = record.paid;
  const paid = paidAtMs === undefined ? draft : { ...draft, paidAtMs };
  return { ...paid, traceKey: record.traceKey, shopName: receipt.content.shopName, receipt };
}
