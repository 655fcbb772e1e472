/**
 * The registry's tables in a participant's Ledger object: who and what takes part. They stand beside the books in one
 * database, so that a merchant and its payable account, or a customer and the first card, are one transaction.
 * Numbered by place; see `applyMigrations`.
 */
export const REGISTRY_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE merchants (
    merchant_no TEXT PRIMARY KEY CHECK (length(merchant_no) = 15),
    name TEXT NOT NULL,
    account_number TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    created_at_ms INTEGER NOT NULL
  ) STRICT;

  -- public_key is that of the device activated last; none before the first activation.
  CREATE TABLE terminals (
    terminal_id TEXT PRIMARY KEY CHECK (length(terminal_id) = 8),
    merchant_no TEXT NOT NULL REFERENCES merchants (merchant_no),
    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    public_key BLOB CHECK (length(public_key) = 32),
    activated_at_ms INTEGER,
    batch_no_min INTEGER NOT NULL DEFAULT 1 CHECK (batch_no_min BETWEEN 1 AND 999999),
    enrolling_operator_no TEXT,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX terminals_by_merchant ON terminals (merchant_no);

  -- Every certificate ever issued. What it says can be signed again from here, byte for byte.
  CREATE TABLE terminal_certificates (
    serial BLOB PRIMARY KEY CHECK (length(serial) = 8),
    terminal_id TEXT NOT NULL REFERENCES terminals (terminal_id),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    shop_name TEXT NOT NULL,
    issued_at_seconds INTEGER NOT NULL,
    expires_at_seconds INTEGER NOT NULL CHECK (expires_at_seconds > issued_at_seconds),
    key_generation INTEGER NOT NULL,
    revoked_at_ms INTEGER
  ) STRICT;
  CREATE INDEX terminal_certificates_by_terminal ON terminal_certificates (terminal_id);

  CREATE TABLE operators (
    merchant_no TEXT NOT NULL REFERENCES merchants (merchant_no),
    operator_no TEXT NOT NULL CHECK (length(operator_no) BETWEEN 2 AND 4),
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (merchant_no, operator_no)
  ) STRICT;

  CREATE TABLE customers (
    customer_id BLOB PRIMARY KEY CHECK (length(customer_id) = 16),
    name TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT;

  -- A card is a customer account as a wallet holds it; without a customer while its claim code waits for one.
  CREATE TABLE cards (
    account_number TEXT PRIMARY KEY,
    account_token BLOB NOT NULL UNIQUE CHECK (length(account_token) = 16),
    customer_id BLOB REFERENCES customers (customer_id),
    label TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX cards_by_customer ON cards (customer_id);

  -- owner: a customer id, or merchant no. and operator no. The key is kept as COSE (sign-in) and as x and y (certificates).
  CREATE TABLE passkeys (
    credential_id TEXT PRIMARY KEY,
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('customer', 'operator')),
    customer_id BLOB REFERENCES customers (customer_id),
    merchant_no TEXT,
    operator_no TEXT,
    cose_public_key BLOB NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 64),
    is_backup_eligible INTEGER NOT NULL CHECK (is_backup_eligible IN (0, 1)),
    created_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER NOT NULL,
    FOREIGN KEY (merchant_no, operator_no) REFERENCES operators (merchant_no, operator_no),
    CHECK ((owner_kind = 'customer') = (customer_id IS NOT NULL)),
    CHECK ((owner_kind = 'operator') = (operator_no IS NOT NULL))
  ) STRICT;
  CREATE INDEX passkeys_by_customer ON passkeys (customer_id);
  CREATE INDEX passkeys_by_operator ON passkeys (merchant_no, operator_no);

  -- A phone, known by its device key.
  CREATE TABLE devices (
    public_key BLOB PRIMARY KEY CHECK (length(public_key) = 32),
    customer_id BLOB NOT NULL REFERENCES customers (customer_id),
    created_at_ms INTEGER NOT NULL,
    removed_at_ms INTEGER
  ) STRICT;
  CREATE INDEX devices_by_customer ON devices (customer_id);

  CREATE TABLE wallet_certificates (
    serial BLOB PRIMARY KEY CHECK (length(serial) = 8),
    account_number TEXT NOT NULL REFERENCES cards (account_number),
    device_public_key BLOB NOT NULL REFERENCES devices (public_key),
    credential_id TEXT NOT NULL REFERENCES passkeys (credential_id),
    issued_at_seconds INTEGER NOT NULL,
    expires_at_seconds INTEGER NOT NULL CHECK (expires_at_seconds > issued_at_seconds),
    key_generation INTEGER NOT NULL,
    revoked_at_ms INTEGER
  ) STRICT;
  CREATE INDEX wallet_certificates_by_card ON wallet_certificates (account_number, device_public_key, credential_id);

  -- Codes that people carry; only their hash is kept. subject: terminal id, merchant no. and operator no., or account number.
  CREATE TABLE secret_codes (
    code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
    purpose TEXT NOT NULL CHECK (purpose IN ('activation', 'enrolment', 'claim')),
    subject TEXT NOT NULL,
    operator_no TEXT,
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER
  ) STRICT;
  CREATE INDEX secret_codes_by_subject ON secret_codes (purpose, subject);

  -- Of a till (with the cashier signed in at it) or of a wallet on one phone; only the token's hash is kept.
  CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    terminal_id TEXT REFERENCES terminals (terminal_id),
    operator_no TEXT,
    operator_expires_at_ms INTEGER,
    customer_id BLOB REFERENCES customers (customer_id),
    device_public_key BLOB REFERENCES devices (public_key),
    credential_id TEXT REFERENCES passkeys (credential_id),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    CHECK ((terminal_id IS NULL) <> (customer_id IS NULL)),
    CHECK ((customer_id IS NULL) = (device_public_key IS NULL) AND (customer_id IS NULL) = (credential_id IS NULL))
  ) STRICT;
  CREATE INDEX sessions_by_expiry ON sessions (expires_at_ms);
  CREATE INDEX sessions_by_terminal ON sessions (terminal_id);
  CREATE INDEX sessions_by_device ON sessions (device_public_key);

  -- A terminal's hello opens one session; kept while it would still be fresh.
  CREATE TABLE terminal_hellos (
    nonce BLOB PRIMARY KEY CHECK (length(nonce) = 16),
    expires_at_ms INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- The allowance that a certificate grants for paying without network: all four, or none.
  ALTER TABLE wallet_certificates ADD COLUMN allowance_limit_minor INTEGER;
  ALTER TABLE wallet_certificates ADD COLUMN allowance_payment_max_minor INTEGER
    CHECK ((allowance_payment_max_minor IS NULL) = (allowance_limit_minor IS NULL));
  ALTER TABLE wallet_certificates ADD COLUMN allowance_count_max INTEGER
    CHECK ((allowance_count_max IS NULL) = (allowance_limit_minor IS NULL));
  ALTER TABLE wallet_certificates ADD COLUMN allowance_expires_at_seconds INTEGER
    CHECK ((allowance_expires_at_seconds IS NULL) = (allowance_limit_minor IS NULL)
      AND allowance_expires_at_seconds <= expires_at_seconds);

  -- What a customer signed with the network off: that the passkey can, and who bears which loss. As it came.
  CREATE TABLE rehearsals (
    device_public_key BLOB NOT NULL REFERENCES devices (public_key),
    credential_id TEXT NOT NULL REFERENCES passkeys (credential_id),
    terms_version INTEGER NOT NULL CHECK (terms_version > 0),
    received_at_ms INTEGER NOT NULL,
    document BLOB NOT NULL,
    assertion BLOB NOT NULL,
    PRIMARY KEY (device_public_key, credential_id, terms_version)
  ) STRICT;

  -- What the shop said to the same table at a till, the newest counting. operator_no: the cashier signed in, if one was.
  CREATE TABLE terminal_offline_terms (
    id INTEGER PRIMARY KEY,
    terminal_id TEXT NOT NULL REFERENCES terminals (terminal_id),
    terms_version INTEGER NOT NULL CHECK (terms_version > 0),
    has_agreed INTEGER NOT NULL CHECK (has_agreed IN (0, 1)),
    operator_no TEXT,
    said_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX terminal_offline_terms_by_terminal ON terminal_offline_terms (terminal_id);
  `,
];
