/** Pay codes: what was scanned from a customer's phone and charged, taken back, or refused. */
export const PAY_CODES = `
  -- A pay code that was charged: once for ever, by its hash, with a showing of the account that is spent with it (whoever
  -- sees a pair's number may put it on a showing of an own phone, which spends nobody else's). outcome: 'paid', or 'asked'
  -- where it did not cover the amount and the customer was asked for the passkey on it. content: canonical, of the PayCode.
  -- showing, assertion, capture: as they came, so that all can be proven again, by the rules that held: the last three columns.
  CREATE TABLE pay_codes (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    outcome TEXT NOT NULL CHECK (outcome IN ('paid', 'asked')),
    request INTEGER NOT NULL,
    account INTEGER NOT NULL,
    charged_at_ms INTEGER NOT NULL,
    pair_id BLOB NOT NULL CHECK (length(pair_id) = 8),
    capture_hash BLOB NOT NULL UNIQUE CHECK (length(capture_hash) = 32),
    content BLOB NOT NULL,
    showing BLOB NOT NULL,
    assertion BLOB NOT NULL,
    wallet_certificate INTEGER NOT NULL,
    capture BLOB NOT NULL,
    window_ms INTEGER NOT NULL,
    tolerance_ms INTEGER NOT NULL,
    step_up_minor INTEGER NOT NULL,
    UNIQUE (account, pair_id)
  ) STRICT;
  CREATE INDEX pay_codes_by_request ON pay_codes (request);

  -- Pay codes that their customers took back, charged never or asked for more than they cover.
  CREATE TABLE pay_code_cancellations (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    account INTEGER NOT NULL,
    cancelled_at_ms INTEGER NOT NULL,
    content BLOB NOT NULL
  ) STRICT;

  CREATE TRIGGER pay_codes_are_never_updated BEFORE UPDATE ON pay_codes
    BEGIN SELECT RAISE(ABORT, 'pay codes are append-only'); END;
  CREATE TRIGGER pay_codes_are_never_deleted BEFORE DELETE ON pay_codes
    BEGIN SELECT RAISE(ABORT, 'pay codes are append-only'); END;
  CREATE TRIGGER pay_code_cancellations_are_never_updated BEFORE UPDATE ON pay_code_cancellations
    BEGIN SELECT RAISE(ABORT, 'pay codes are append-only'); END;
  CREATE TRIGGER pay_code_cancellations_are_never_deleted BEFORE DELETE ON pay_code_cancellations
    BEGIN SELECT RAISE(ABORT, 'pay codes are append-only'); END;

  -- A charge is a kind of attempt too. pay_code: the one that was tried, where it was proven. names_card: whether the receipt
  -- does; a till that saw half a showing is told of no card. slows: whether it counts towards the wait of the account.
  CREATE TABLE attempts_with_charges (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('submission', 'authorisation', 'cancellation', 'charge')),
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
    pay_code BLOB CHECK (length(pay_code) = 32),
    names_card INTEGER NOT NULL DEFAULT 1 CHECK (names_card IN (0, 1)),
    slows INTEGER NOT NULL DEFAULT 0 CHECK (slows IN (0, 1)),
    UNIQUE (terminal_id, batch_no, voucher_no, document_hash, code)
  ) STRICT;
  INSERT INTO attempts_with_charges
    SELECT sequence, kind, terminal_id, batch_no, voucher_no, document_hash, code, request_hash, operator_no, trans_type,
      amount_minor, certificate, account, key_generation, NULL, 1, 0 FROM attempts ORDER BY sequence;
  DROP TABLE attempts;
  ALTER TABLE attempts_with_charges RENAME TO attempts;
  CREATE INDEX attempts_to_charge ON attempts (account, sequence) WHERE kind = 'charge';
  CREATE INDEX attempts_that_slow ON attempts (account, sequence) WHERE slows = 1;
  CREATE INDEX attempts_by_pay_code ON attempts (pay_code, sequence) WHERE pay_code IS NOT NULL;
  CREATE TRIGGER attempts_are_never_updated BEFORE UPDATE ON attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
  CREATE TRIGGER attempts_are_never_deleted BEFORE DELETE ON attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;

  CREATE TABLE unproven_attempts_with_charges (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('submission', 'authorisation', 'cancellation', 'charge')),
    terminal_id TEXT NOT NULL CHECK (length(terminal_id) = 8),
    batch_no INTEGER,
    voucher_no INTEGER,
    document_hash BLOB NOT NULL CHECK (length(document_hash) = 32),
    code TEXT NOT NULL,
    certificate INTEGER NOT NULL,
    CHECK ((batch_no IS NULL) = (voucher_no IS NULL)),
    UNIQUE (terminal_id, document_hash, code)
  ) STRICT;
  INSERT INTO unproven_attempts_with_charges SELECT * FROM unproven_attempts ORDER BY sequence;
  DROP TABLE unproven_attempts;
  ALTER TABLE unproven_attempts_with_charges RENAME TO unproven_attempts;
  CREATE INDEX unproven_attempts_by_terminal ON unproven_attempts (terminal_id);
  CREATE TRIGGER unproven_attempts_are_never_updated BEFORE UPDATE ON unproven_attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
  CREATE TRIGGER unproven_attempts_are_never_deleted BEFORE DELETE ON unproven_attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;

  -- Accounts with many refused tries, for an administrator to look at: from the first of the tries on, to the last one seen.
  CREATE TABLE account_flags (
    account INTEGER NOT NULL,
    from_sequence INTEGER NOT NULL,
    raised_at_ms INTEGER NOT NULL,
    seen_to_sequence INTEGER,
    seen_at_ms INTEGER,
    seen_by TEXT,
    PRIMARY KEY (account, from_sequence),
    CHECK ((seen_at_ms IS NULL) = (seen_by IS NULL) AND (seen_at_ms IS NULL) = (seen_to_sequence IS NULL))
  ) STRICT;
  CREATE UNIQUE INDEX account_flags_not_seen ON account_flags (account) WHERE seen_at_ms IS NULL;
`;
