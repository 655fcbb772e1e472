/** What phones pay without network: the money set aside for it, every consent out of it, and what proves a double spending. */
export const ALLOWANCES = `
  -- serial: of the wallet certificate that says so. reserved_minor: still held for it, by the hold of hold_sequence. released_minor:
  -- given back. What is neither was paid. ended_at_ms: closed, withdrawn, or a newer one took its place; one that is none of
  -- these, and not past expires_at_ms, is the phone's one in use. closing: the wallet's last word on it, as it came.
  CREATE TABLE allowances (
    id INTEGER PRIMARY KEY,
    serial BLOB NOT NULL UNIQUE CHECK (length(serial) = 8),
    account INTEGER NOT NULL REFERENCES accounts (serial),
    device_public_key BLOB NOT NULL CHECK (length(device_public_key) = 32),
    limit_minor INTEGER NOT NULL CHECK (limit_minor > 0),
    payment_max_minor INTEGER NOT NULL CHECK (payment_max_minor BETWEEN 1 AND limit_minor),
    count_max INTEGER NOT NULL CHECK (count_max > 0),
    granted_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL CHECK (expires_at_ms > granted_at_ms),
    claim_until_ms INTEGER NOT NULL CHECK (claim_until_ms >= expires_at_ms),
    reserved_minor INTEGER NOT NULL CHECK (reserved_minor >= 0),
    released_minor INTEGER NOT NULL DEFAULT 0 CHECK (released_minor >= 0),
    hold_sequence INTEGER UNIQUE REFERENCES journal (sequence),
    ended_at_ms INTEGER,
    revoked_in_version INTEGER,
    closed_at_ms INTEGER,
    closing BLOB,
    CHECK (reserved_minor + released_minor <= limit_minor),
    CHECK ((reserved_minor = 0) = (hold_sequence IS NULL)),
    CHECK ((closed_at_ms IS NULL) = (closing IS NULL)),
    CHECK (ended_at_ms IS NOT NULL OR (closing IS NULL AND revoked_in_version IS NULL))
  ) STRICT;
  CREATE UNIQUE INDEX allowances_in_use ON allowances (device_public_key) WHERE ended_at_ms IS NULL;
  CREATE INDEX allowances_by_account ON allowances (account);
  CREATE INDEX allowances_to_release ON allowances (claim_until_ms) WHERE reserved_minor > 0;

  CREATE TRIGGER allowances_keep_their_terms BEFORE UPDATE ON allowances
    WHEN NEW.serial <> OLD.serial OR NEW.account <> OLD.account OR NEW.limit_minor <> OLD.limit_minor
      OR NEW.expires_at_ms <> OLD.expires_at_ms OR NEW.claim_until_ms <> OLD.claim_until_ms
      OR NEW.reserved_minor > OLD.reserved_minor OR NEW.released_minor < OLD.released_minor
      OR (OLD.ended_at_ms IS NOT NULL AND NEW.ended_at_ms IS NOT OLD.ended_at_ms)
      OR (OLD.closing IS NOT NULL AND NEW.closing IS NOT OLD.closing)
      OR (OLD.revoked_in_version IS NOT NULL AND NEW.revoked_in_version IS NOT OLD.revoked_in_version)
    BEGIN SELECT RAISE(ABORT, 'allowances are append-only but for what they have left'); END;
  CREATE TRIGGER allowances_are_never_deleted BEFORE DELETE ON allowances
    BEGIN SELECT RAISE(ABORT, 'allowances are append-only'); END;

  -- Payments whose consent has a place in a chain: beside the payment, what makes its authorisation again. settled_from: what
  -- was set aside; what else was available; or the programme's guarantee, where the place was spent twice. handed_in_by: the till,
  -- or the phone. The two indexes are the rule: what an allowance paid is one path, with no place taken twice.
  CREATE TABLE allowance_links (
    request INTEGER PRIMARY KEY,
    allowance INTEGER NOT NULL REFERENCES allowances (id),
    counter INTEGER NOT NULL CHECK (counter > 0),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    cumulative_minor INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND cumulative_minor),
    settled_from TEXT NOT NULL CHECK (settled_from IN ('reserve', 'available', 'guarantee')),
    settled_at_ms INTEGER NOT NULL,
    handed_in_by TEXT NOT NULL CHECK (handed_in_by IN ('till', 'wallet'))
  ) STRICT;
  CREATE INDEX allowance_links_by_allowance ON allowance_links (allowance, counter);
  CREATE UNIQUE INDEX allowance_links_one_place ON allowance_links (allowance, counter) WHERE settled_from <> 'guarantee';
  CREATE UNIQUE INDEX allowance_links_one_successor ON allowance_links (allowance, previous) WHERE settled_from <> 'guarantee';
  CREATE INDEX allowance_links_by_time ON allowance_links (settled_at_ms);
  CREATE INDEX allowance_links_guaranteed ON allowance_links (settled_at_ms) WHERE settled_from = 'guarantee';

  -- A terminal's word that it took a consent on its own; the first that came counts. since_sequence: the newest entry of the
  -- journal then, so that what was refused before it came is decided on anew.
  CREATE TABLE acceptances (
    authorisation_hash BLOB PRIMARY KEY CHECK (length(authorisation_hash) = 32),
    terminal_id TEXT NOT NULL,
    accepted_at_ms INTEGER NOT NULL,
    revocation_version INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    since_sequence INTEGER NOT NULL,
    document BLOB NOT NULL
  ) STRICT;

  -- Allowances that were withdrawn before their end. A version each, without gaps.
  CREATE TABLE revocations (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    serial BLOB NOT NULL UNIQUE CHECK (length(serial) = 8),
    expires_at_ms INTEGER NOT NULL,
    revoked_at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;

  -- Two consents of one wallet that contradict each other, or one that its closing statement hides: with what is in the books
  -- otherwise (the payment against, the allowance's closing), all that proves it. request: that the consent was given to.
  CREATE TABLE double_spends (
    id INTEGER PRIMARY KEY,
    allowance INTEGER NOT NULL REFERENCES allowances (id),
    request INTEGER NOT NULL,
    authorisation_hash BLOB NOT NULL UNIQUE CHECK (length(authorisation_hash) = 32),
    authorisation BLOB NOT NULL,
    assertion BLOB NOT NULL,
    wallet_certificate INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    contradiction TEXT NOT NULL
      CHECK (contradiction IN ('same-place', 'same-predecessor', 'broken-join', 'sum-too-small', 'not-given')),
    against INTEGER,
    found_at_ms INTEGER NOT NULL,
    CHECK ((against IS NULL) = (contradiction = 'not-given'))
  ) STRICT;
  CREATE INDEX double_spends_by_allowance ON double_spends (allowance);

  -- What the guarantee paid for an account, and what was taken back from it since.
  CREATE TABLE debts (
    request INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (serial),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    booked_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX debts_by_account ON debts (account);
  CREATE TABLE debt_collections (
    sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
    account INTEGER NOT NULL REFERENCES accounts (serial),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    collected_by TEXT NOT NULL
  ) STRICT;
  CREATE INDEX debt_collections_by_account ON debt_collections (account);

  -- What kept an alarm from giving money back; it is tried again.
  CREATE TABLE alarm_failures (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
${['allowance_links', 'acceptances', 'revocations', 'double_spends', 'debts', 'debt_collections']
  .map(
    (table) => `
  CREATE TRIGGER ${table}_are_never_updated BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} are append-only'); END;
  CREATE TRIGGER ${table}_are_never_deleted BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} are append-only'); END;`,
  )
  .join('')}
`;
