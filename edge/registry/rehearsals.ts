import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { WalletSession } from './sessions.ts';

/** A phone with the passkey that signs on it. */
type Phone = Pick<WalletSession, 'devicePublicKey' | 'credentialId'>;

export interface ReceivedRehearsal {
  readonly termsVersion: number;
  readonly document: Bytes;
  readonly assertion: Bytes;
}

/** Keeps a verified rehearsal; the first of each edition of the terms counts. */
export function insertRehearsal(
  sql: SqlStorage,
  { devicePublicKey, credentialId }: Phone,
  { termsVersion, document, assertion }: ReceivedRehearsal,
  nowMs: number,
): void {
  sql.exec(
    `INSERT INTO rehearsals (device_public_key, credential_id, terms_version, received_at_ms, document, assertion)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    devicePublicKey,
    credentialId,
    termsVersion,
    nowMs,
    document,
    assertion,
  );
}

/** The newest edition of the terms that a phone rehearsed and agreed to; undefined: none. */
export function loadAgreedTerms(sql: SqlStorage, { devicePublicKey, credentialId }: Phone): number | undefined {
  const { newest } = sql
    .exec<{ newest: number | null }>(
      'SELECT max(terms_version) AS newest FROM rehearsals WHERE device_public_key = ? AND credential_id = ?',
      devicePublicKey,
      credentialId,
    )
    .one();
  return newest ?? undefined;
}
