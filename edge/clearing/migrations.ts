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
  `
  -- How twin codes are shown and judged, and what a pay code may pay: see PayCodeSettings.
  ALTER TABLE programme ADD COLUMN twin_mode TEXT NOT NULL DEFAULT 'split' CHECK (twin_mode IN ('split', 'cross-check'));
  ALTER TABLE programme ADD COLUMN twin_window_ms INTEGER NOT NULL DEFAULT 3000 CHECK (twin_window_ms > 0);
  ALTER TABLE programme ADD COLUMN twin_tolerance_ms INTEGER NOT NULL DEFAULT 10000 CHECK (twin_tolerance_ms > 0);
  ALTER TABLE programme ADD COLUMN twin_rhythm_ms INTEGER NOT NULL DEFAULT 250 CHECK (twin_rhythm_ms > 0);
  ALTER TABLE programme ADD COLUMN twin_regenerate_ms INTEGER NOT NULL DEFAULT 4000 CHECK (twin_regenerate_ms > 0);
  ALTER TABLE programme ADD COLUMN step_up_minor INTEGER NOT NULL DEFAULT 5000 CHECK (step_up_minor > 0);

  -- Fifty whole units of whatever currency it is.
  UPDATE programme SET step_up_minor = CASE exponent
    WHEN 0 THEN 50 WHEN 1 THEN 500 WHEN 2 THEN 5000 WHEN 3 THEN 50000 ELSE 500000 END;
  `,
  `
  -- What may be paid with no network on either side: OfflineSettings as JSON, read and written as a whole. The amounts are of
  -- whole units of whatever currency it is.
  ALTER TABLE programme ADD COLUMN offline TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(offline));

  WITH whole (unit) AS (SELECT CASE exponent
    WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 ELSE 10000 END FROM programme)
  UPDATE programme SET offline = (SELECT json_object(
    'isOn', json('true'),
    'limitMinor', 50 * unit, 'paymentMaxMinor', 25 * unit, 'countMax', 5,
    'validSeconds', 86400, 'claimSeconds', 259200,
    'tillPerAllowanceMinor', 25 * unit, 'tillTotalMinor', 500 * unit, 'tillCountMax', 500,
    'tillAgeSeconds', 259200) FROM whole);
  `,
];
