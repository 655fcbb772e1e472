import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { loadAcceptance } from './acceptances.ts';
import type { HandedInBy, SettledFrom } from './links.ts';

/** How a consent that has a place in a chain came to be paid, for whoever looks at the payment. */
export interface LinkView {
  readonly counter: number;
  readonly cumulativeMinor: number;
  readonly settledFrom: SettledFrom;
  readonly settledAtMs: number;
  readonly handedInBy: HandedInBy;
  /** When the till took it on its own, where it did and its word has come in. */
  readonly acceptedAtMs?: number;
}

/** @returns undefined where the payment's consent has no place in a chain */
export function describeLink(sql: SqlStorage, request: number, authorisationHash: Bytes): LinkView | undefined {
  const [row] = sql
    .exec<{
      counter: number;
      cumulative_minor: number;
      settled_from: string;
      settled_at_ms: number;
      handed_in_by: string;
    }>('SELECT * FROM allowance_links WHERE request = ?', request)
    .toArray();
  if (!row) return undefined;
  const acceptance = loadAcceptance(sql, authorisationHash);
  return {
    counter: row.counter,
    cumulativeMinor: row.cumulative_minor,
    settledFrom: row.settled_from as SettledFrom,
    settledAtMs: row.settled_at_ms,
    handedInBy: row.handed_in_by as HandedInBy,
    ...(acceptance && { acceptedAtMs: acceptance.acceptedAtMs }),
  };
}
