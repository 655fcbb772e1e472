import { type Bytes, encodeUtf8, isEqualBytes } from '../../../shared/protocol/bytes.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import { RequestCancellation } from '../../../shared/protocol/documents/request.ts';
import type { AccountStatus } from '../accounts.ts';
import { assertBooks } from '../contradiction.ts';
import {
  detailOfCancellation,
  detailOfPayment,
  detailOfReference,
  detailOfRefusal,
  detailOfStatus,
  detailOfUnproven,
  NO_DETAIL,
} from '../journal/entry-detail.ts';
import { decodeJournalRow, type JournalRow } from '../journal/journal.ts';
import { GENESIS_HASH, hashEntry, type JournalEntry } from '../journal/journal-entry.ts';
import { loadAttempt } from '../payments/attempts.ts';
import { rebuildAuthorisationHash } from '../payments/evidence.ts';
import type { ReceiptSources } from '../payments/receipts.ts';
import { loadRequestById } from '../payments/requests.ts';
import { loadUnprovenAttempt } from '../payments/unproven-attempts.ts';
import { describeOpening } from '../rules.ts';
import { hashContentNow } from '../sha256.ts';

/** A place in the chain up to which it was found whole. */
export interface ChainPlace {
  readonly sequence: number;
  readonly hash: Bytes;
}

export interface ChainCheck {
  readonly upTo: ChainPlace;
  /** The first entry that does not follow from the one before it, or from what the tables hold. */
  readonly brokenAt?: number;
}

/** Before entry 0. */
export const CHAIN_START: ChainPlace = { sequence: -1, hash: GENESIS_HASH };

const PAGE_ENTRIES = 500;

/**
 * Makes each entry's hash again, from the tables it stands for, and compares. A row that was changed, left out, put in
 * or moved breaks the chain here.
 */
export function checkChain(sources: ReceiptSources, from: ChainPlace, entriesMax: number): ChainCheck {
  let upTo = from;
  for (let left = entriesMax; left > 0; ) {
    const page = sources.sql
      .exec<JournalRow>(
        'SELECT * FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?',
        upTo.sequence,
        Math.min(left, PAGE_ENTRIES),
      )
      .toArray();
    for (const row of page) {
      const hash = new Uint8Array(row.hash);
      if (row.sequence !== upTo.sequence + 1 || !isChained(sources, decodeJournalRow(row), upTo.hash, hash))
        return { upTo, brokenAt: upTo.sequence + 1 };
      upTo = { sequence: row.sequence, hash };
    }
    if (page.length < PAGE_ENTRIES) break;
    left -= page.length;
  }
  return { upTo };
}

function isChained(sources: ReceiptSources, entry: JournalEntry, previousHash: Bytes, hash: Bytes): boolean {
  try {
    return isEqualBytes(hashEntry(entry, previousHash, rebuildDetail(sources, entry)), hash);
  } catch {
    // What the entry speaks of is missing or cannot be read.
    return false;
  }
}

function rebuildDetail(sources: ReceiptSources, { kind, sequence, subject }: JournalEntry): Uint8Array {
  const { sql, rules, shelf } = sources;
  switch (kind) {
    case 'opening':
      return encodeUtf8(describeOpening(rules));
    case 'payment': {
      const record = loadRequestById(sql, subject as number);
      assertBooks(record.paid?.sequence === sequence, `entry ${sequence} is of a payment`);
      return detailOfPayment(record.hash, rebuildAuthorisationHash(shelf, record, record.paid));
    }
    case 'cancellation': {
      const row = sql
        .exec<{ document: ArrayBuffer }>('SELECT document FROM cancellations WHERE sequence = ?', sequence)
        .one();
      const decoded = decodeDocument(RequestCancellation, new Uint8Array(row.document));
      assertBooks(decoded.ok, `entry ${sequence} is of a cancellation`);
      const hash = hashContentNow(RequestCancellation, decoded.value.contentBytes);
      return detailOfCancellation(loadRequestById(sql, subject as number).hash, hash);
    }
    case 'refusal': {
      const attempt = loadAttempt(sql, sequence);
      if (attempt) return detailOfRefusal(attempt);
      const unproven = loadUnprovenAttempt(sql, sequence);
      assertBooks(unproven !== undefined, `entry ${sequence} is of an attempt`);
      const certificateHash = shelf.terminal(unproven.certificate).contentHash;
      return detailOfUnproven({ ...unproven, traceKey: unproven.traceKey, certificateHash });
    }
    case 'top-up':
    case 'hold':
    case 'adjustment': {
      const row = sql
        .exec<{ reference: string }>('SELECT reference FROM transfer_references WHERE sequence = ?', sequence)
        .one();
      return detailOfReference(row.reference);
    }
    case 'status': {
      const row = sql
        .exec<{ account: number; status: string; reason: string; changed_by: string }>(
          'SELECT account, status, reason, changed_by FROM account_statuses WHERE sequence = ?',
          sequence,
        )
        .one();
      return detailOfStatus(row.account, row.status as AccountStatus, row.reason, row.changed_by);
    }
    case 'post':
    case 'void':
      return NO_DETAIL;
  }
}
