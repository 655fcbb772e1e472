import { type Bytes, createRandomBytes } from '../../shared/protocol/bytes.ts';
import { signDocument } from '../../shared/protocol/documents/document.ts';
import { SERIAL_BYTES } from '../../shared/protocol/documents/fields.ts';
import { TerminalCertificate } from '../../shared/protocol/documents/terminal-certificate.ts';
import type { MerchantNo, TerminalId } from '../../shared/protocol/identifiers.ts';
import type { RegistryContext } from './context.ts';

/** Renewed at any sync in the last third, so a till that is used at all never meets the end. */
const VALID_SECONDS = 90 * 24 * 3600;

export interface TerminalCertificateRecord {
  readonly serial: Bytes;
  readonly terminalId: TerminalId;
  readonly merchantNo: MerchantNo;
  readonly publicKey: Bytes;
  readonly shopName: string;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
  readonly keyGeneration: number;
}

export interface CertifiedTerminal {
  readonly terminalId: TerminalId;
  readonly merchantNo: MerchantNo;
  readonly publicKey: Bytes;
  readonly shopName: string;
}

interface CertificateRow extends Record<string, SqlStorageValue> {
  serial: ArrayBuffer;
  issued_at_seconds: number;
  expires_at_seconds: number;
  key_generation: number;
}

/** The terminal's certificate as it stands, or a new one where it has none with more than a third of its time left. */
export function ensureTerminalCertificate(
  sql: SqlStorage,
  terminal: CertifiedTerminal,
  keyGeneration: number,
  nowMs: number,
): TerminalCertificateRecord {
  const nowSeconds = Math.floor(nowMs / 1000);
  const { terminalId, publicKey, shopName } = terminal;
  const [live] = sql
    .exec<CertificateRow>(
      `SELECT serial, issued_at_seconds, expires_at_seconds, key_generation FROM terminal_certificates
       WHERE terminal_id = ? AND public_key = ? AND shop_name = ? AND revoked_at_ms IS NULL AND expires_at_seconds > ?
       ORDER BY expires_at_seconds DESC LIMIT 1`,
      terminalId,
      publicKey,
      shopName,
      nowSeconds + VALID_SECONDS / 3,
    )
    .toArray();
  if (live) {
    return {
      ...terminal,
      serial: new Uint8Array(live.serial),
      issuedAtSeconds: live.issued_at_seconds,
      expiresAtSeconds: live.expires_at_seconds,
      keyGeneration: live.key_generation,
    };
  }
  const serial = createRandomBytes(SERIAL_BYTES);
  const expiresAtSeconds = nowSeconds + VALID_SECONDS;
  sql.exec(
    `INSERT INTO terminal_certificates
       (serial, terminal_id, public_key, shop_name, issued_at_seconds, expires_at_seconds, key_generation)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    serial,
    terminalId,
    publicKey,
    shopName,
    nowSeconds,
    expiresAtSeconds,
    keyGeneration,
  );
  return { ...terminal, serial, issuedAtSeconds: nowSeconds, expiresAtSeconds, keyGeneration };
}

/** From here on the ledger refuses what a key other than `keptKey` signs for this terminal. */
export function revokeTerminalCertificates(
  sql: SqlStorage,
  terminalId: TerminalId,
  keptKey: Bytes | undefined,
  nowMs: number,
): void {
  sql.exec(
    `UPDATE terminal_certificates SET revoked_at_ms = ?1
     WHERE terminal_id = ?2 AND revoked_at_ms IS NULL AND (?3 IS NULL OR public_key <> ?3)`,
    nowMs,
    terminalId,
    keptKey ?? null,
  );
}

/** When a certificate was withdrawn; undefined: it was not. */
export function loadRevokedAtMs(sql: SqlStorage, serial: Bytes): number | undefined {
  const [row] = sql
    .exec<{ revoked_at_ms: number | null }>('SELECT revoked_at_ms FROM terminal_certificates WHERE serial = ?', serial)
    .toArray();
  return row?.revoked_at_ms ?? undefined;
}

/** Signs what was decided: the same record signs to the same bytes. */
export async function signTerminalCertificate(
  { books, signer }: RegistryContext,
  record: TerminalCertificateRecord,
): Promise<Bytes> {
  const { participant, programme, currency, exponent } = books.rules();
  const { serial, merchantNo, terminalId, shopName, publicKey, issuedAtSeconds, expiresAtSeconds } = record;
  const content = {
    programme,
    serial,
    acquirer: participant,
    merchantNo,
    terminalId,
    shopName,
    currency,
    exponent,
    publicKey,
    issuedAtSeconds,
    expiresAtSeconds,
  };
  return signDocument(TerminalCertificate, content, await signer.keyOf(record.keyGeneration));
}
