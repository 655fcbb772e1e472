import type { AmountMinor } from '../../shared/protocol/amount.ts';
import { type Bytes, createRandomBytes } from '../../shared/protocol/bytes.ts';
import { signDocument } from '../../shared/protocol/documents/document.ts';
import { SERIAL_BYTES } from '../../shared/protocol/documents/fields.ts';
import { WalletCertificate } from '../../shared/protocol/documents/wallet-certificate.ts';
import type { AccountNumber } from '../../shared/protocol/identifiers.ts';
import type { Allowance } from '../../shared/protocol/offline/allowance.ts';
import type { RegistryContext } from './context.ts';

/** Short, as a phone is lost sooner than a till; renewed at any sync in the last third. */
const VALID_SECONDS = 30 * 24 * 3600;

/** One card on one phone with one passkey. */
export interface CertifiedCard {
  readonly accountNumber: AccountNumber;
  readonly accountToken: Bytes;
  readonly devicePublicKey: Bytes;
  readonly credentialId: string;
  readonly passkeyPublicKey: Bytes;
}

export interface WalletCertificateRecord extends CertifiedCard {
  readonly serial: Bytes;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
  readonly keyGeneration: number;
  /** What it grants for paying without network. */
  readonly allowance?: AllowanceTerms | undefined;
}

export type AllowanceTerms = Omit<Allowance, 'serial'>;

interface CertificateRow extends Record<string, SqlStorageValue> {
  serial: ArrayBuffer;
  issued_at_seconds: number;
  expires_at_seconds: number;
  key_generation: number;
}

interface IssuedRow extends CertificateRow {
  account_number: string;
  account_token: ArrayBuffer;
  device_public_key: ArrayBuffer;
  credential_id: string;
  passkey_public_key: ArrayBuffer;
  allowance_limit_minor: number | null;
  allowance_payment_max_minor: number;
  allowance_count_max: number;
  allowance_expires_at_seconds: number;
}

/**
 * The card's certificate as it stands, or a new one where it has none with more than a third of its time left. Those that grant
 * an allowance are renewed with it.
 */
export function ensureWalletCertificate(
  sql: SqlStorage,
  card: CertifiedCard,
  keyGeneration: number,
  nowMs: number,
): WalletCertificateRecord {
  const nowSeconds = Math.floor(nowMs / 1000);
  const { accountNumber, devicePublicKey, credentialId } = card;
  const [live] = sql
    .exec<CertificateRow>(
      `SELECT serial, issued_at_seconds, expires_at_seconds, key_generation FROM wallet_certificates
       WHERE account_number = ? AND device_public_key = ? AND credential_id = ? AND revoked_at_ms IS NULL
         AND expires_at_seconds > ? AND allowance_limit_minor IS NULL
       ORDER BY expires_at_seconds DESC LIMIT 1`,
      accountNumber,
      devicePublicKey,
      credentialId,
      nowSeconds + VALID_SECONDS / 3,
    )
    .toArray();
  if (live) {
    return {
      ...card,
      serial: new Uint8Array(live.serial),
      issuedAtSeconds: live.issued_at_seconds,
      expiresAtSeconds: live.expires_at_seconds,
      keyGeneration: live.key_generation,
    };
  }
  return insertWalletCertificate(sql, card, keyGeneration, nowMs);
}

/** @param allowance what it grants: the books hold the money in the same transaction */
export function insertWalletCertificate(
  sql: SqlStorage,
  card: CertifiedCard,
  keyGeneration: number,
  nowMs: number,
  allowance?: AllowanceTerms,
): WalletCertificateRecord {
  const { accountNumber, devicePublicKey, credentialId } = card;
  const serial = createRandomBytes(SERIAL_BYTES);
  const issuedAtSeconds = Math.floor(nowMs / 1000);
  const expiresAtSeconds = issuedAtSeconds + VALID_SECONDS;
  sql.exec(
    `INSERT INTO wallet_certificates
       (serial, account_number, device_public_key, credential_id, issued_at_seconds, expires_at_seconds, key_generation,
        allowance_limit_minor, allowance_payment_max_minor, allowance_count_max, allowance_expires_at_seconds)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    serial,
    accountNumber,
    devicePublicKey,
    credentialId,
    issuedAtSeconds,
    expiresAtSeconds,
    keyGeneration,
    allowance?.limitMinor ?? null,
    allowance?.paymentMaxMinor ?? null,
    allowance?.countMax ?? null,
    allowance ? allowance.expiresAtMs / 1000 : null,
  );
  return { ...card, serial, issuedAtSeconds, expiresAtSeconds, keyGeneration, allowance };
}

/** One certificate as it was issued, revoked or not. */
export function loadWalletCertificate(sql: SqlStorage, serial: Bytes): WalletCertificateRecord | undefined {
  const [row] = sql
    .exec<IssuedRow>(
      `SELECT w.*, k.account_token, p.public_key AS passkey_public_key
       FROM wallet_certificates w JOIN cards k USING (account_number) JOIN passkeys p USING (credential_id)
       WHERE w.serial = ?`,
      serial,
    )
    .toArray();
  return (
    row && {
      serial,
      accountNumber: row.account_number as AccountNumber,
      accountToken: new Uint8Array(row.account_token),
      devicePublicKey: new Uint8Array(row.device_public_key),
      credentialId: row.credential_id,
      passkeyPublicKey: new Uint8Array(row.passkey_public_key),
      issuedAtSeconds: row.issued_at_seconds,
      expiresAtSeconds: row.expires_at_seconds,
      keyGeneration: row.key_generation,
      ...(row.allowance_limit_minor !== null && {
        allowance: {
          limitMinor: row.allowance_limit_minor as AmountMinor,
          paymentMaxMinor: row.allowance_payment_max_minor as AmountMinor,
          countMax: row.allowance_count_max,
          expiresAtMs: row.allowance_expires_at_seconds * 1000,
        },
      }),
    }
  );
}

/** From here on the ledger refuses what this phone authorises. */
export function revokeDeviceCertificates(sql: SqlStorage, devicePublicKey: Bytes, nowMs: number): void {
  sql.exec(
    'UPDATE wallet_certificates SET revoked_at_ms = ? WHERE device_public_key = ? AND revoked_at_ms IS NULL',
    nowMs,
    devicePublicKey,
  );
}

/** Signs what was decided: the same record signs to the same bytes. */
export async function signWalletCertificate(
  { books, signer }: RegistryContext,
  record: WalletCertificateRecord,
): Promise<Bytes> {
  const { participant, programme, currency, exponent } = books.rules();
  const { serial, accountToken, devicePublicKey, passkeyPublicKey, issuedAtSeconds, expiresAtSeconds } = record;
  const { allowance } = record;
  const content = {
    programme,
    serial,
    issuer: participant,
    accountToken,
    devicePublicKey,
    passkeyPublicKey,
    currency,
    exponent,
    issuedAtSeconds,
    expiresAtSeconds,
    ...(allowance && {
      allowanceLimitMinor: allowance.limitMinor,
      allowancePaymentMaxMinor: allowance.paymentMaxMinor,
      allowanceCountMax: allowance.countMax,
      allowanceExpiresAtSeconds: allowance.expiresAtMs / 1000,
    }),
  };
  return signDocument(WalletCertificate, content, await signer.keyOf(record.keyGeneration));
}
