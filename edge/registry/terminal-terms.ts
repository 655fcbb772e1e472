import type { OperatorNo, TerminalId } from '../../shared/protocol/identifiers.ts';

export interface SaidTerms {
  readonly termsVersion: number;
  readonly hasAgreed: boolean;
}

/** What a shop says at a till to who bears which loss offline. */
export function insertTerminalTerms(
  sql: SqlStorage,
  terminalId: TerminalId,
  { termsVersion, hasAgreed }: SaidTerms,
  operatorNo: OperatorNo | undefined,
  nowMs: number,
): void {
  sql.exec(
    `INSERT INTO terminal_offline_terms (terminal_id, terms_version, has_agreed, operator_no, said_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
    terminalId,
    termsVersion,
    hasAgreed ? 1 : 0,
    operatorNo ?? null,
    nowMs,
  );
}

/** The edition agreed to at a till, as it said last; undefined: none, or taken back. */
export function loadTerminalTerms(sql: SqlStorage, terminalId: TerminalId): number | undefined {
  const [said] = sql
    .exec<{ terms_version: number; has_agreed: number }>(
      `SELECT terms_version, has_agreed FROM terminal_offline_terms WHERE terminal_id = ? ORDER BY id DESC LIMIT 1`,
      terminalId,
    )
    .toArray();
  return said?.has_agreed ? said.terms_version : undefined;
}
