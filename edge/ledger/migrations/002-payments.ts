/**
 * Requests, payments and attempts. Made for a million payments and more: rows arrive in the order of time, the one index
 * grows where its terminal stands, and nothing that the books say elsewhere is stored again. Documents are kept as what
 * cannot be derived (nonce, time, signature) and made again byte for byte (`evidence.ts`).
 */
export const PAYMENTS = `
  -- Certificates as they came with documents, once each.
  CREATE TABLE certificates (
    id INTEGER PRIMARY KEY,
    serial BLOB NOT NULL UNIQUE CHECK (length(serial) = 8),
    document BLOB NOT NULL
  ) STRICT;

  -- What terminals asked for (R1.2), one row per trace key, in order of arrival.
  CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    terminal_id TEXT NOT NULL CHECK (length(terminal_id) = 8),
    batch_no INTEGER NOT NULL CHECK (batch_no BETWEEN 1 AND 999999),
    voucher_no INTEGER NOT NULL CHECK (voucher_no BETWEEN 1 AND 999999),
    operator_no TEXT NOT NULL,
    trans_type INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    requested_at_seconds INTEGER NOT NULL,
    valid_for_seconds INTEGER NOT NULL CHECK (valid_for_seconds > 0),
    nonce BLOB NOT NULL CHECK (length(nonce) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    certificate INTEGER NOT NULL,
    merchant_account INTEGER NOT NULL,
    submitted_at_ms INTEGER NOT NULL,
    UNIQUE (terminal_id, batch_no, voucher_no)
  ) STRICT;

  -- The primary key is the rule: one request is paid at most once.
  CREATE TABLE payments (
    request INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    authorised_at_ms INTEGER NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    assertion BLOB NOT NULL,
    wallet_certificate INTEGER NOT NULL,
    key_generation INTEGER NOT NULL CHECK (key_generation > 0)
  ) STRICT;

  CREATE TABLE cancellations (
    request INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    document BLOB NOT NULL
  ) STRICT;

  -- Every refused attempt, with all fields. document_hash: of the request, authorisation or cancellation refused.
  -- key_generation: of the key that signed the refusal; none where no card was proven, for then there is no receipt.
  CREATE TABLE attempts (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('submission', 'authorisation', 'cancellation')),
    terminal_id TEXT NOT NULL CHECK (length(terminal_id) = 8),
    batch_no INTEGER NOT NULL,
    voucher_no INTEGER NOT NULL,
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    code TEXT NOT NULL,
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    operator_no TEXT NOT NULL,
    trans_type INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    certificate INTEGER NOT NULL,
    account INTEGER,
    key_generation INTEGER CHECK (key_generation > 0),
    UNIQUE (terminal_id, batch_no, voucher_no, document_hash, code)
  ) STRICT;

  CREATE TRIGGER requests_are_never_updated BEFORE UPDATE ON requests
    BEGIN SELECT RAISE(ABORT, 'requests are append-only'); END;
  CREATE TRIGGER requests_are_never_deleted BEFORE DELETE ON requests
    BEGIN SELECT RAISE(ABORT, 'requests are append-only'); END;
  CREATE TRIGGER payments_are_never_updated BEFORE UPDATE ON payments
    BEGIN SELECT RAISE(ABORT, 'payments are append-only'); END;
  CREATE TRIGGER payments_are_never_deleted BEFORE DELETE ON payments
    BEGIN SELECT RAISE(ABORT, 'payments are append-only'); END;
  CREATE TRIGGER attempts_are_never_updated BEFORE UPDATE ON attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
  CREATE TRIGGER attempts_are_never_deleted BEFORE DELETE ON attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
`;
