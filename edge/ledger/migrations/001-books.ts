/**
 * The books: accounts and the journal. The journal is the truth and is never changed; an account's row is the sum of its
 * entries, kept so that a decision reads one row. Money is an integer of the currency's minor unit.
 */
export const BOOKS = `
  -- What the Clearing object said once: whose books these are, and the programme's rules.
  CREATE TABLE programme (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    participant TEXT NOT NULL CHECK (length(participant) = 6),
    programme TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    exponent INTEGER NOT NULL CHECK (exponent BETWEEN 0 AND 4),
    amount_minor_max INTEGER NOT NULL CHECK (amount_minor_max > 0)
  ) STRICT;

  -- serial: the nine digits of the account number between participant and check digit.
  -- last_sequence: the account's newest journal entry, 0 before the first; each entry names the one before it.
  CREATE TABLE accounts (
    serial INTEGER PRIMARY KEY CHECK (serial BETWEEN 1 AND 999999999),
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'merchant', 'issuance', 'guarantee')),
    status TEXT NOT NULL CHECK (status IN ('open', 'frozen', 'closed')),
    debits_pending INTEGER NOT NULL DEFAULT 0 CHECK (debits_pending BETWEEN 0 AND 9007199254740991),
    debits_posted INTEGER NOT NULL DEFAULT 0 CHECK (debits_posted BETWEEN 0 AND 9007199254740991),
    credits_pending INTEGER NOT NULL DEFAULT 0 CHECK (credits_pending BETWEEN 0 AND 9007199254740991),
    credits_posted INTEGER NOT NULL DEFAULT 0 CHECK (credits_posted BETWEEN 0 AND 9007199254740991),
    last_sequence INTEGER NOT NULL DEFAULT 0 CHECK (last_sequence >= 0),
    opened_at_ms INTEGER NOT NULL,
    CHECK (kind <> 'customer' OR credits_posted - debits_posted - debits_pending >= 0)
  ) STRICT;

  -- One row per event, each chained to the one before by hash; a transfer is an entry with two accounts and an amount.
  -- Entry 0 opens the books. kind: ENTRY_KINDS. subject: the request of a payment or cancellation, the hold of a post or void.
  -- debit_previous, credit_previous: the entry before on that account, so that its movements are read without an index.
  CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 9),
    at_ms INTEGER NOT NULL CHECK (at_ms >= 0),
    debit INTEGER,
    credit INTEGER,
    amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 0 AND 9007199254740991),
    debit_previous INTEGER,
    credit_previous INTEGER,
    subject INTEGER,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    CHECK (debit <> credit),
    CHECK ((debit IS NULL) = (credit IS NULL) AND (debit IS NULL) = (amount_minor = 0))
  ) STRICT;

  -- A hold ends once: posted or voided.
  CREATE UNIQUE INDEX journal_hold_ends ON journal (subject) WHERE kind IN (5, 6);

  CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  -- The caller's own name for a top-up, hold or adjustment: the same reference moves money once.
  CREATE TABLE transfer_references (
    reference TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE REFERENCES journal (sequence)
  ) STRICT;

  CREATE TABLE account_statuses (
    sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
    account INTEGER NOT NULL REFERENCES accounts (serial),
    status TEXT NOT NULL CHECK (status IN ('open', 'frozen', 'closed')),
    reason TEXT NOT NULL,
    changed_by TEXT NOT NULL
  ) STRICT;
  CREATE INDEX account_statuses_by_account ON account_statuses (account);

  -- How far the chain of hashes was found whole, so that the next check goes on from there.
  CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at_ms INTEGER NOT NULL
  ) STRICT;

  -- A row here stops all postings: the books contradicted themselves.
  CREATE TABLE halts (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
`;
