/** Requests of which their till itself was told that nobody paid them: it handed in too late, asked, or was refused for good. */
export const TOLD_TILLS = `
  CREATE TABLE told_tills (
    request_hash BLOB PRIMARY KEY CHECK (length(request_hash) = 32),
    told_at_ms INTEGER NOT NULL
  ) STRICT;

  -- Who had handed them in was not told apart before: then it was the till, as far as anyone knows.
  INSERT INTO told_tills
    SELECT a.document_hash, min(j.at_ms) FROM attempts a JOIN journal j ON j.sequence = a.sequence
    WHERE a.kind = 'submission' AND a.code = 'request_expired' GROUP BY a.document_hash;

  CREATE TRIGGER told_tills_are_never_updated BEFORE UPDATE ON told_tills
    BEGIN SELECT RAISE(ABORT, 'told tills are append-only'); END;
  CREATE TRIGGER told_tills_are_never_deleted BEFORE DELETE ON told_tills
    BEGIN SELECT RAISE(ABORT, 'told tills are append-only'); END;
`;
