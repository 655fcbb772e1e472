import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { type ChainLink, type Contradiction, findContradiction } from '../../../shared/protocol/offline/chain.ts';
import { hides } from '../../../shared/protocol/offline/closing.ts';
import type { AllowanceRecord } from './allowances.ts';

export type SettledFrom = 'reserve' | 'available' | 'guarantee';
export type HandedInBy = 'till' | 'wallet';

/** A consent out of an allowance that was paid. */
export interface SettledLink extends ChainLink {
  /** Row of the request that it paid. */
  readonly request: number;
  readonly settledFrom: SettledFrom;
}

interface LinkRow extends Record<string, SqlStorageValue> {
  request: number;
  counter: number;
  previous: ArrayBuffer;
  hash: ArrayBuffer;
  cumulative_minor: number;
  amount_minor: number;
  settled_from: string;
}

/** In the order of their places. */
export function loadLinks(sql: SqlStorage, { id, serial }: AllowanceRecord): SettledLink[] {
  return sql
    .exec<LinkRow>(
      `SELECT request, counter, previous, hash, cumulative_minor, amount_minor, settled_from FROM allowance_links
       WHERE allowance = ? ORDER BY counter, settled_at_ms`,
      id,
    )
    .toArray()
    .map((row) => ({
      allowance: serial,
      request: row.request,
      counter: row.counter,
      previous: new Uint8Array(row.previous),
      hash: new Uint8Array(row.hash),
      cumulativeMinor: row.cumulative_minor as AmountMinor,
      amountMinor: row.amount_minor as AmountMinor,
      settledFrom: row.settled_from as SettledFrom,
    }));
}

export interface FoundContradiction {
  readonly contradiction: Contradiction | 'not-given';
  /** Row of the request whose payment it is against; undefined: the closing statement. */
  readonly against: number | undefined;
}

/**
 * What in the books contradicts a consent: a payment of its allowance, or the wallet's closing statement. What the guarantee paid
 * is off the chain: it stands in the way of none that is on it.
 */
export function findContradicting(
  allowance: AllowanceRecord,
  links: readonly SettledLink[],
  link: ChainLink,
): FoundContradiction | undefined {
  for (const paid of links) {
    const contradiction = paid.settledFrom === 'guarantee' ? undefined : findContradiction(paid, link);
    if (contradiction) return { contradiction, against: paid.request };
  }
  const { closing } = allowance;
  return closing && hides(closing, link) ? { contradiction: 'not-given', against: undefined } : undefined;
}

export interface NewLink {
  readonly link: ChainLink;
  readonly request: number;
  readonly allowance: number;
  readonly settledFrom: SettledFrom;
  readonly handedInBy: HandedInBy;
}

export function insertLink(
  sql: SqlStorage,
  { link, request, allowance, settledFrom, handedInBy }: NewLink,
  nowMs: number,
): void {
  sql.exec(
    `INSERT INTO allowance_links (request, allowance, counter, previous, hash, cumulative_minor, amount_minor,
       settled_from, settled_at_ms, handed_in_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    request,
    allowance,
    link.counter,
    link.previous,
    link.hash,
    link.cumulativeMinor,
    link.amountMinor,
    settledFrom,
    nowMs,
    handedInBy,
  );
}

/** What the guarantee has paid for a terminal since a moment, minor units. */
export function loadGuaranteedMinor(sql: SqlStorage, terminalId: string, sinceMs: number): number {
  return sql
    .exec<{ sum: number }>(
      `SELECT coalesce(sum(l.amount_minor), 0) AS sum FROM allowance_links l JOIN requests r ON r.id = l.request
       WHERE l.settled_from = 'guarantee' AND l.settled_at_ms >= ? AND r.terminal_id = ?`,
      sinceMs,
      terminalId,
    )
    .one().sum;
}

/**
 * What a terminal took on its own out of an allowance and was paid for, minor units: all that the guarantee paid, and what else came
 * into the books only after a moment. A till's limit begins anew once the centre has what it took; but the guarantee pays for no
 * allowance after a till could hear that it was withdrawn, which it was with the first that the guarantee paid.
 */
export function loadTakenHereMinor(sql: SqlStorage, allowance: number, terminalId: string, sinceMs: number): number {
  return sql
    .exec<{ sum: number }>(
      `SELECT coalesce(sum(l.amount_minor), 0) AS sum FROM allowance_links l
       JOIN requests r ON r.id = l.request LEFT JOIN acceptances a ON a.authorisation_hash = l.hash
       WHERE l.allowance = ? AND r.terminal_id = ? AND (l.settled_from = 'guarantee' OR a.received_at_ms > ?)`,
      allowance,
      terminalId,
      sinceMs,
    )
    .one().sum;
}

/** What the chain of an allowance says of a payment, for making its authorisation again. */
export interface PaidLink {
  readonly allowance: Bytes;
  readonly counter: number;
  readonly previous: Bytes;
  readonly cumulativeMinor: AmountMinor;
}
