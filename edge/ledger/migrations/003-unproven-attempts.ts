/**
 * Refused attempts that prove no request: a tampered code, a cancellation of what was never handed in. They stand outside
 * the list of any trace key, for all that is proven is whose certificate they came with.
 */
export const UNPROVEN_ATTEMPTS = `
  -- document_hash: SHA-256 of what came in. batch_no, voucher_no: only where the terminal signed them.
  CREATE TABLE unproven_attempts (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('submission', 'authorisation', 'cancellation')),
    terminal_id TEXT NOT NULL CHECK (length(terminal_id) = 8),
    batch_no INTEGER,
    voucher_no INTEGER,
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    code TEXT NOT NULL,
    certificate INTEGER NOT NULL,
    CHECK ((batch_no IS NULL) = (voucher_no IS NULL)),
    UNIQUE (terminal_id, document_hash, code)
  ) STRICT;

  -- The newest ones of a terminal: there may be only so many in an hour.
  CREATE INDEX unproven_attempts_by_terminal ON unproven_attempts (terminal_id);

  CREATE TRIGGER unproven_attempts_are_never_updated BEFORE UPDATE ON unproven_attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
  CREATE TRIGGER unproven_attempts_are_never_deleted BEFORE DELETE ON unproven_attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
`;
