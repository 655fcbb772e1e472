import type { AmountMinor } from '../../../shared/protocol/amount.ts';
import { type Bytes, splitBytes } from '../../../shared/protocol/bytes.ts';
import { ClosingStatement } from '../../../shared/protocol/documents/closing-statement.ts';
import { decodeDocument } from '../../../shared/protocol/documents/document.ts';
import type { Allowance } from '../../../shared/protocol/offline/allowance.ts';
import type { VerifiedClosing } from '../../../shared/protocol/offline/closing.ts';
import { assertBooks } from '../contradiction.ts';

/** An allowance as the books have it. */
export interface AllowanceRecord extends Allowance {
  readonly id: number;
  /** Serial of the account that it was set aside from. */
  readonly account: number;
  readonly devicePublicKey: Bytes;
  readonly grantedAtMs: number;
  readonly claimUntilMs: number;
  readonly reservedMinor: number;
  readonly releasedMinor: number;
  readonly holdSequence: number | undefined;
  readonly endedAtMs: number | undefined;
  readonly revokedInVersion: number | undefined;
  /** The wallet's last word on it. */
  readonly closing: KeptClosing | undefined;
}

export type KeptClosing = Pick<VerifiedClosing, 'given' | 'cumulativeMinor' | 'counter' | 'head'> & {
  readonly document: Bytes;
};

export interface AllowanceRow extends Record<string, SqlStorageValue> {
  id: number;
  serial: ArrayBuffer;
  account: number;
  device_public_key: ArrayBuffer;
  limit_minor: number;
  payment_max_minor: number;
  count_max: number;
  granted_at_ms: number;
  expires_at_ms: number;
  claim_until_ms: number;
  reserved_minor: number;
  released_minor: number;
  hold_sequence: number | null;
  ended_at_ms: number | null;
  revoked_in_version: number | null;
  closed_at_ms: number | null;
  closing: ArrayBuffer | null;
}

export function loadAllowance(sql: SqlStorage, serial: Bytes): AllowanceRecord | undefined {
  return selectAllowances(sql, 'WHERE serial = ?', serial)[0];
}

export function loadAllowanceById(sql: SqlStorage, id: number): AllowanceRecord {
  const [allowance] = selectAllowances(sql, 'WHERE id = ?', id);
  assertBooks(allowance !== undefined, `allowance ${id} is there`);
  return allowance;
}

/** The one that a phone did not close, whether or not its time is over. */
export function loadAllowanceInUse(sql: SqlStorage, devicePublicKey: Bytes): AllowanceRecord | undefined {
  return selectAllowances(sql, 'WHERE device_public_key = ? AND ended_at_ms IS NULL', devicePublicKey)[0];
}

/** @param where after `FROM allowances` */
export function selectAllowances(
  sql: SqlStorage,
  where: string,
  ...bindings: (SqlStorageValue | Uint8Array)[]
): AllowanceRecord[] {
  return sql
    .exec<AllowanceRow>(`SELECT * FROM allowances ${where}`, ...bindings)
    .toArray()
    .map(decodeAllowanceRow);
}

export function decodeAllowanceRow(row: AllowanceRow): AllowanceRecord {
  return {
    id: row.id,
    serial: new Uint8Array(row.serial),
    account: row.account,
    devicePublicKey: new Uint8Array(row.device_public_key),
    limitMinor: row.limit_minor as AmountMinor,
    paymentMaxMinor: row.payment_max_minor as AmountMinor,
    countMax: row.count_max,
    grantedAtMs: row.granted_at_ms,
    expiresAtMs: row.expires_at_ms,
    claimUntilMs: row.claim_until_ms,
    reservedMinor: row.reserved_minor,
    releasedMinor: row.released_minor,
    holdSequence: row.hold_sequence ?? undefined,
    endedAtMs: row.ended_at_ms ?? undefined,
    revokedInVersion: row.revoked_in_version ?? undefined,
    closing: row.closing ? decodeClosing(new Uint8Array(row.closing)) : undefined,
  };
}

/** Its signature was verified before it came into the books. */
function decodeClosing(document: Bytes): KeptClosing {
  const decoded = decodeDocument(ClosingStatement, document);
  assertBooks(decoded.ok, 'a closing statement is one');
  const { given, cumulativeMinor, counter, head } = decoded.value.content;
  return { document, given: splitBytes(given, 32), cumulativeMinor, counter, head };
}

export interface NewAllowance extends Allowance {
  readonly account: number;
  readonly devicePublicKey: Bytes;
  readonly claimUntilMs: number;
}

/** @param holdSequence of the hold that sets its limit aside */
export function insertAllowance(sql: SqlStorage, allowance: NewAllowance, holdSequence: number, nowMs: number): void {
  sql.exec(
    `INSERT INTO allowances (serial, account, device_public_key, limit_minor, payment_max_minor, count_max,
       granted_at_ms, expires_at_ms, claim_until_ms, reserved_minor, hold_sequence)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?4, ?10)`,
    allowance.serial,
    allowance.account,
    allowance.devicePublicKey,
    allowance.limitMinor,
    allowance.paymentMaxMinor,
    allowance.countMax,
    nowMs,
    allowance.expiresAtMs,
    allowance.claimUntilMs,
    holdSequence,
  );
}

/** No consent is given out of it any more. What is held for it stays held. */
export function endAllowance(sql: SqlStorage, id: number, nowMs: number): void {
  sql.exec('UPDATE allowances SET ended_at_ms = ? WHERE id = ? AND ended_at_ms IS NULL', nowMs, id);
}
