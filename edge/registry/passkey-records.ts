import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { PasskeyCredential } from '../security/passkeys.ts';

export type PasskeyOwner =
  | { readonly kind: 'customer'; readonly customerId: Bytes }
  | { readonly kind: 'operator'; readonly merchantNo: string; readonly operatorNo: string };

export interface PasskeyRecord {
  readonly credentialId: string;
  readonly owner: PasskeyOwner;
  readonly cosePublicKey: Bytes;
  readonly publicKey: Bytes;
}

interface PasskeyRow extends Record<string, SqlStorageValue> {
  credential_id: string;
  customer_id: ArrayBuffer | null;
  merchant_no: string | null;
  operator_no: string | null;
  cose_public_key: ArrayBuffer;
  public_key: ArrayBuffer;
}

/** @returns false when the passkey is registered already, to whomever */
export function insertPasskey(
  sql: SqlStorage,
  owner: PasskeyOwner,
  passkey: PasskeyCredential,
  nowMs: number,
): boolean {
  const isCustomer = owner.kind === 'customer';
  const { rowsWritten } = sql.exec(
    `INSERT INTO passkeys (credential_id, owner_kind, customer_id, merchant_no, operator_no, cose_public_key, public_key,
       is_backup_eligible, created_at_ms, used_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    passkey.credentialId,
    owner.kind,
    isCustomer ? owner.customerId : null,
    isCustomer ? null : owner.merchantNo,
    isCustomer ? null : owner.operatorNo,
    passkey.cosePublicKey,
    passkey.publicKey,
    passkey.isBackupEligible ? 1 : 0,
    nowMs,
    nowMs,
  );
  return rowsWritten > 0;
}

export function findPasskey(sql: SqlStorage, credentialId: string): PasskeyRecord | undefined {
  const [row] = sql.exec<PasskeyRow>('SELECT * FROM passkeys WHERE credential_id = ?', credentialId).toArray();
  return row && toRecord(row);
}

/** The one used last comes first. */
export function passkeysOfOperator(sql: SqlStorage, merchantNo: string, operatorNo: string): PasskeyRecord[] {
  return sql
    .exec<PasskeyRow>(
      'SELECT * FROM passkeys WHERE merchant_no = ? AND operator_no = ? ORDER BY used_at_ms DESC',
      merchantNo,
      operatorNo,
    )
    .toArray()
    .map(toRecord);
}

export function notePasskeyUse(sql: SqlStorage, credentialId: string, nowMs: number): void {
  sql.exec('UPDATE passkeys SET used_at_ms = ? WHERE credential_id = ?', nowMs, credentialId);
}

function toRecord(row: PasskeyRow): PasskeyRecord {
  const owner: PasskeyOwner = row.customer_id
    ? { kind: 'customer', customerId: new Uint8Array(row.customer_id) }
    : { kind: 'operator', merchantNo: row.merchant_no!, operatorNo: row.operator_no! };
  return {
    credentialId: row.credential_id,
    owner,
    cosePublicKey: new Uint8Array(row.cose_public_key),
    publicKey: new Uint8Array(row.public_key),
  };
}
