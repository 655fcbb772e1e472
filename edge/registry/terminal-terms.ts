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

/** What a shop said last at a till. */
export interface TerminalTerms extends SaidTerms {
  /** The cashier who was signed in, if one was. */
  readonly operatorNo: OperatorNo | undefined;
  readonly saidAtMs: number;
}

/** @returns undefined where nothing was ever said */
export function findTerminalTerms(sql: SqlStorage, terminalId: TerminalId): TerminalTerms | undefined {
  const [said] = sql
    .exec<{ terms_version: number; has_agreed: number; operator_no: string | null; said_at_ms: number }>(
      'SELECT * FROM terminal_offline_terms WHERE terminal_id = ? ORDER BY id DESC LIMIT 1',
      terminalId,
    )
    .toArray();
  return (
    said && {
      termsVersion: said.terms_version,
      hasAgreed: said.has_agreed === 1,
      operatorNo: (said.operator_no ?? undefined) as OperatorNo | undefined,
      saidAtMs: said.said_at_ms,
    }
  );
}

/** The edition agreed to at a till, as it said last; undefined: none, or taken back. */
export function loadTerminalTerms(sql: SqlStorage, terminalId: TerminalId): number | undefined {
  const said = findTerminalTerms(sql, terminalId);
  return said?.hasAgreed ? said.termsVersion : undefined;
}

/** Open terminals of shops that agreed: so many may take payments on their own. */
export function countAgreedTerminals(sql: SqlStorage): number {
  return sql
    .exec<{ count: number }>(
      `SELECT count(*) AS count FROM terminals t WHERE t.status = 'open' AND t.activated_at_ms IS NOT NULL AND (
         SELECT said.has_agreed FROM terminal_offline_terms said WHERE said.terminal_id = t.terminal_id
         ORDER BY said.id DESC LIMIT 1) = 1`,
    )
    .one().count;
}
