import { type Bytes, createRandomBytes, decodeBase64url, encodeBase64url } from '../../shared/protocol/bytes.ts';
import type { PasskeyPurpose } from '../../shared/protocol/passkey/challenge.ts';

/** WebAuthn L3 section 15.1 recommends 5 to 10 minutes where the user must be verified. */
export const CEREMONY_VALID_MS = 5 * 60_000;
const ID_BYTES = 16;
const CHALLENGE_BYTES = 32;

/** A passkey registration or sign-in between its two calls. */
export interface Ceremony {
  readonly id: string;
  readonly purpose: PasskeyPurpose;
  /** The centre's random value; what reaches the authenticator is `createChallenge(purpose, challenge)`. */
  readonly challenge: Bytes;
  /** What the first call settled and the second must not change: who registers or signs in. */
  readonly subject: string;
}

export const CEREMONY_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE ceremonies (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    purpose TEXT NOT NULL,
    challenge BLOB NOT NULL CHECK (length(challenge) = 32),
    subject TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ceremonies_by_expiry ON ceremonies (expires_at_ms);
  `,
];

export function createCeremony(sql: SqlStorage, purpose: PasskeyPurpose, subject: string, nowMs: number): Ceremony {
  const id = createRandomBytes(ID_BYTES);
  const challenge = createRandomBytes(CHALLENGE_BYTES);
  sql.exec('DELETE FROM ceremonies WHERE expires_at_ms <= ?', nowMs);
  sql.exec(
    'INSERT INTO ceremonies (id, purpose, challenge, subject, expires_at_ms) VALUES (?, ?, ?, ?, ?)',
    id,
    purpose,
    challenge,
    subject,
    nowMs + CEREMONY_VALID_MS,
  );
  return { id: encodeBase64url(id), purpose, challenge, subject };
}

/** Ends a ceremony by taking it: single use, whatever comes of it. @returns undefined when it is unknown, used or too old */
export function takeCeremony(
  sql: SqlStorage,
  id: string,
  purpose: PasskeyPurpose,
  nowMs: number,
): Ceremony | undefined {
  const idBytes = decodeBase64url(id);
  if (idBytes?.length !== ID_BYTES) return undefined;
  const [row] = sql
    .exec<{ challenge: ArrayBuffer; subject: string; expires_at_ms: number }>(
      'DELETE FROM ceremonies WHERE id = ? AND purpose = ? RETURNING challenge, subject, expires_at_ms',
      idBytes,
      purpose,
    )
    .toArray();
  if (!row || row.expires_at_ms <= nowMs) return undefined;
  return { id, purpose, challenge: new Uint8Array(row.challenge), subject: row.subject };
}
