import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { TerminalId } from '../../../shared/protocol/identifiers.ts';
import type { CarriedAcceptance } from '../commands.ts';
import { loadHead } from '../journal.ts';
import type { BookContext } from '../rules.ts';

/** A terminal's word that it took a consent on its own, as the books keep it. */
export interface KeptAcceptance {
  readonly acceptedAtMs: number;
  readonly revocationVersion: number;
  /** The newest entry of the journal when it came: what was decided by then was decided without it. */
  readonly sinceSequence: number;
  readonly document: Bytes;
}

/** Keeps an acceptance that came. The first counts: a terminal has no second word on the same consent. */
export function keepAcceptance(
  { sql, nowMs }: BookContext,
  terminalId: TerminalId,
  { content, document }: CarriedAcceptance,
): void {
  sql.exec(
    `INSERT INTO acceptances (authorisation_hash, terminal_id, accepted_at_ms, revocation_version, received_at_ms,
       since_sequence, document) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    content.authorisationHash,
    terminalId,
    content.acceptedAtMs,
    content.revocationVersion,
    nowMs,
    loadHead(sql).sequence,
    document,
  );
}

export function loadAcceptance(sql: SqlStorage, authorisationHash: Bytes): KeptAcceptance | undefined {
  const [row] = sql
    .exec<{ accepted_at_ms: number; revocation_version: number; since_sequence: number; document: ArrayBuffer }>(
      'SELECT * FROM acceptances WHERE authorisation_hash = ?',
      authorisationHash,
    )
    .toArray();
  return (
    row && {
      acceptedAtMs: row.accepted_at_ms,
      revocationVersion: row.revocation_version,
      sinceSequence: row.since_sequence,
      document: new Uint8Array(row.document),
    }
  );
}
