import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { Acceptance } from '../../../shared/protocol/documents/acceptance.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import type { TerminalId } from '../../../shared/protocol/identifiers.ts';
import type { TillsWord } from '../../../shared/protocol/offline/decide-settlement.ts';
import type { CarriedAcceptance } from '../commands.ts';
import { assertBooks } from '../contradiction.ts';
import { loadHead } from '../journal/journal.ts';
import type { BookContext } from '../rules.ts';

/** A terminal's word that it took a consent on its own, as the books keep it. */
export interface KeptAcceptance extends TillsWord {
  /** The newest entry of the journal when it came: what was decided by then was decided without it. */
  readonly sinceSequence: number;
  readonly document: Bytes;
}

/** A till takes one consent for a request; what it signs beyond so many proves no more of it. */
export const ACCEPTANCES_PER_REQUEST_MAX = 4;

/**
 * Keeps an acceptance that came. The first counts: a terminal has no second word on the same consent. More than a few for one request
 * are as if they had not come, and so are the double spendings that nothing but they would show: by then its account is frozen.
 * @param request row of the request
 */
export function keepAcceptance(
  { sql, nowMs }: BookContext,
  request: number,
  terminalId: TerminalId,
  { content, document }: CarriedAcceptance,
): void {
  const { kept } = sql
    .exec<{ kept: number }>('SELECT count(*) AS kept FROM acceptances WHERE request = ?', request)
    .one();
  if (kept >= ACCEPTANCES_PER_REQUEST_MAX) return;
  sql.exec(
    `INSERT INTO acceptances (authorisation_hash, request, terminal_id, accepted_at_ms, revocation_version, received_at_ms,
       since_sequence, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    content.authorisationHash,
    request,
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
  if (!row) return undefined;
  const document = new Uint8Array(row.document);
  const decoded = decodeDocument(Acceptance, document);
  assertBooks(decoded.ok, 'an acceptance is one');
  return {
    acceptedAtMs: row.accepted_at_ms,
    revocationVersion: row.revocation_version,
    revocationsAtMs: decoded.value.content.revocationsAtSeconds * 1000,
    sinceSequence: row.since_sequence,
    document,
  };
}
