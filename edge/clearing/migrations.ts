/** The tables of the Clearing object: one programme, its participants and keys, and who administers it. Numbered by place. */
export const CLEARING_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE programme (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    programme TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    exponent INTEGER NOT NULL CHECK (exponent BETWEEN 0 AND 4),
    time_zone TEXT NOT NULL,
    amount_minor_max INTEGER NOT NULL CHECK (amount_minor_max > 0),
    request_valid_seconds INTEGER NOT NULL CHECK (request_valid_seconds > 0),
    created_at_ms INTEGER NOT NULL
  ) STRICT;

  -- books_opened_at_ms: when the participant's Ledger object was told the rules as they stand; none: still to be.
  CREATE TABLE participants (
    code TEXT PRIMARY KEY CHECK (length(code) = 6),
    name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    books_opened_at_ms INTEGER
  ) STRICT;

  -- Never deleted: what an old key signed is still asked for. wrapped_private_key: see seal-secret.ts.
  CREATE TABLE centre_keys (
    generation INTEGER PRIMARY KEY CHECK (generation >= 1),
    public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
    wrapped_private_key BLOB NOT NULL,
    announcement BLOB NOT NULL,
    valid_from_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE content_keys (
    day INTEGER PRIMARY KEY,
    wrapped_key BLOB NOT NULL
  ) STRICT;

  CREATE TABLE administrators (
    administrator_id BLOB PRIMARY KEY CHECK (length(administrator_id) = 16),
    name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    removed_at_ms INTEGER
  ) STRICT;

  CREATE TABLE administrator_passkeys (
    credential_id TEXT PRIMARY KEY,
    administrator_id BLOB NOT NULL REFERENCES administrators (administrator_id),
    cose_public_key BLOB NOT NULL,
    created_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE invitations (
    code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
    name TEXT NOT NULL,
    invited_by BLOB NOT NULL REFERENCES administrators (administrator_id),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER
  ) STRICT;

  CREATE TABLE console_sessions (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    administrator_id BLOB NOT NULL REFERENCES administrators (administrator_id),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE api_keys (
    key_id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    name TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES administrators (administrator_id),
    created_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER,
    revoked_at_ms INTEGER
  ) STRICT;
  `,
  `
  -- Ledgers are to be told how long a request may live, which they were not told before.
  UPDATE participants SET books_opened_at_ms = NULL;

  -- What an administrator made who is none any more.
  UPDATE api_keys SET revoked_at_ms = (
    SELECT removed_at_ms FROM administrators a WHERE a.administrator_id = api_keys.created_by
  ) WHERE revoked_at_ms IS NULL;
  `,
];
