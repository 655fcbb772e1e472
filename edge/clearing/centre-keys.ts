import type { Bytes } from '../../shared/protocol/bytes.ts';
import { CentreKey } from '../../shared/protocol/documents/centre-key.ts';
import { signDocument } from '../../shared/protocol/documents/document.ts';
import type { ProgrammeId } from '../../shared/protocol/identifiers.ts';
import { computeKeyId, createSigningKey, type SigningKey } from '../../shared/protocol/signing-key.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

/** A centre key on its way between objects; its private half is PKCS #8. */
export interface ExportedCentreKey {
  readonly generation: number;
  readonly publicKey: Bytes;
  readonly privateKey: Bytes;
}

/** A centre key as it is stored. */
export interface SealedCentreKey {
  readonly generation: number;
  readonly publicKey: Bytes;
  readonly wrappedPrivateKey: Bytes;
  readonly announcement: Bytes;
  readonly validFromMs: number;
}

/**
 * A further key is announced this long before anything is signed with it: by then every worker, which asks for announcements
 * every few seconds, can verify what it signs.
 */
const ANNOUNCED_AHEAD_MS = 60_000;

/**
 * Makes the key of the next generation with its announcement, signed by the key before: whoever believes that one
 * believes this one. The first announces itself.
 */
export async function createCentreKey(
  programme: ProgrammeId,
  previous: ExportedCentreKey | undefined,
  sealingKey: CryptoKey,
  nowMs: number,
): Promise<SealedCentreKey> {
  const key = await createSigningKey(true);
  const generation = (previous?.generation ?? 0) + 1;
  const validFromMs = previous ? nowMs + ANNOUNCED_AHEAD_MS : nowMs;
  const content = { programme, generation, publicKey: key.publicKey, validFromMs };
  const announcement = await signDocument(CentreKey, content, previous ? await importCentreKey(previous) : key);
  const privateKey = new Uint8Array((await crypto.subtle.exportKey('pkcs8', key.privateKey)) as ArrayBuffer);
  return {
    generation,
    publicKey: key.publicKey,
    wrappedPrivateKey: await sealSecret(privateKey, keyLabel(generation), sealingKey),
    announcement,
    validFromMs,
  };
}

/** Takes a key into use in this object; from here on its private half cannot be read out. */
export async function importCentreKey(exported: ExportedCentreKey): Promise<SigningKey & { generation: number }> {
  const privateKey = await crypto.subtle.importKey('pkcs8', exported.privateKey, 'Ed25519', false, ['sign']);
  const { publicKey, generation } = exported;
  return { privateKey, publicKey, keyId: await computeKeyId(publicKey), generation };
}

export async function openCentreKey(sealed: SealedCentreKey, sealingKey: CryptoKey): Promise<ExportedCentreKey> {
  const { generation, publicKey, wrappedPrivateKey } = sealed;
  return { generation, publicKey, privateKey: await openSecret(wrappedPrivateKey, keyLabel(generation), sealingKey) };
}

export function insertCentreKey(sql: SqlStorage, key: SealedCentreKey): void {
  sql.exec(
    `INSERT INTO centre_keys (generation, public_key, wrapped_private_key, announcement, valid_from_ms)
     VALUES (?, ?, ?, ?, ?)`,
    key.generation,
    key.publicKey,
    key.wrappedPrivateKey,
    key.announcement,
    key.validFromMs,
  );
}

interface CentreKeyRow extends Record<string, SqlStorageValue> {
  generation: number;
  public_key: ArrayBuffer;
  wrapped_private_key: ArrayBuffer;
  announcement: ArrayBuffer;
  valid_from_ms: number;
}

/** Newest first. */
export function loadCentreKeys(sql: SqlStorage): SealedCentreKey[] {
  return sql
    .exec<CentreKeyRow>('SELECT * FROM centre_keys ORDER BY generation DESC')
    .toArray()
    .map((row) => ({
      generation: row.generation,
      publicKey: new Uint8Array(row.public_key),
      wrappedPrivateKey: new Uint8Array(row.wrapped_private_key),
      announcement: new Uint8Array(row.announcement),
      validFromMs: row.valid_from_ms,
    }));
}

function keyLabel(generation: number): string {
  return `centre key ${generation}`;
}
