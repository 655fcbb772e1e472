/** Requests that came with the customer's consent, for their till had no network. */
export const CARRIED_REQUESTS = `
  -- matched_at_ms: when the till itself handed the same in; until then it has not said a word of it.
  CREATE TABLE carried_requests (
    request INTEGER PRIMARY KEY,
    carried_at_ms INTEGER NOT NULL,
    matched_at_ms INTEGER CHECK (matched_at_ms >= carried_at_ms)
  ) STRICT;
  CREATE INDEX carried_requests_not_matched ON carried_requests (carried_at_ms) WHERE matched_at_ms IS NULL;

  CREATE TRIGGER carried_requests_are_matched_once BEFORE UPDATE ON carried_requests
    WHEN OLD.matched_at_ms IS NOT NULL OR NEW.request <> OLD.request OR NEW.carried_at_ms <> OLD.carried_at_ms
    BEGIN SELECT RAISE(ABORT, 'a carried request is matched once'); END;
  CREATE TRIGGER carried_requests_are_never_deleted BEFORE DELETE ON carried_requests
    BEGIN SELECT RAISE(ABORT, 'carried requests are append-only'); END;
`;
