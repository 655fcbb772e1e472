import type { Bytes } from '../../shared/protocol/bytes.ts';

/** One-time codes that people carry. Only their hash is stored, so nobody can read a code out of the books. */
export type CodePurpose = 'activation' | 'enrolment' | 'claim';

export const CODE_VALID_MS = 7 * 24 * 3_600_000;

export interface NewCode {
  readonly purpose: CodePurpose;
  /** What it opens: terminal id, merchant and operator no., or account number. */
  readonly subject: string;
  /** With an activation: the cashier who may enrol at the till without a further code. */
  readonly operatorNo?: string | undefined;
}

export interface KnownCode {
  readonly subject: string;
  readonly operatorNo: string | undefined;
  readonly isUsed: boolean;
}

/** The newest code is the only one: an older, unused code of the same subject is worth nothing from here on. */
export function insertCode(sql: SqlStorage, codeHash: Bytes, code: NewCode, nowMs: number): { expiresAtMs: number } {
  const expiresAtMs = nowMs + CODE_VALID_MS;
  const { purpose, subject, operatorNo } = code;
  sql.exec(
    'DELETE FROM secret_codes WHERE (purpose = ? AND subject = ? AND used_at_ms IS NULL) OR expires_at_ms <= ?',
    purpose,
    subject,
    nowMs,
  );
  sql.exec(
    `INSERT INTO secret_codes (code_hash, purpose, subject, operator_no, created_at_ms, expires_at_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
    codeHash,
    purpose,
    subject,
    operatorNo ?? null,
    nowMs,
    expiresAtMs,
  );
  return { expiresAtMs };
}

interface CodeRow extends Record<string, SqlStorageValue> {
  subject: string;
  operator_no: string | null;
  used_at_ms: number | null;
}

/** @returns undefined when there is no such code, or it is too old; a used one is returned so that a lost answer can be given again */
export function findCode(sql: SqlStorage, codeHash: Bytes, purpose: CodePurpose, nowMs: number): KnownCode | undefined {
  const [row] = sql
    .exec<CodeRow>(
      'SELECT subject, operator_no, used_at_ms FROM secret_codes WHERE code_hash = ? AND purpose = ? AND expires_at_ms > ?',
      codeHash,
      purpose,
      nowMs,
    )
    .toArray();
  return row && { subject: row.subject, operatorNo: row.operator_no ?? undefined, isUsed: row.used_at_ms !== null };
}

export function useCode(sql: SqlStorage, codeHash: Bytes, nowMs: number): void {
  sql.exec('UPDATE secret_codes SET used_at_ms = ? WHERE code_hash = ?', nowMs, codeHash);
}

/** When what they open is closed. */
export function dropCodes(sql: SqlStorage, purpose: CodePurpose, subject: string): void {
  sql.exec('DELETE FROM secret_codes WHERE purpose = ? AND subject = ?', purpose, subject);
}
