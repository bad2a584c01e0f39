-- Who has lost access: sessions that were ended, and suspended accounts. They move out of the tables of the view `accounts`, which are
-- rebuilt: during a rebuild, a user who was logged out or suspended would be let in again.
-- RECORD, although written by a view (`access`) from the journal: neither table may be without a row that it has had, so the view is never
-- rebuilt.

-- ended_at: of sessions that were ended before they expired.
CREATE TABLE session (
    id         TEXT COLLATE "C" PRIMARY KEY,
    account_id TEXT   NOT NULL,
    -- Sequence number of the login. "All sessions ended" ends those with a lower number, so that reading it again ends no later session.
    number     BIGINT NOT NULL,
    ended_at   TIMESTAMPTZ
);
CREATE INDEX session_account_idx ON session (account_id) WHERE ended_at IS NULL;
CREATE INDEX session_ended_idx ON session (ended_at) WHERE ended_at IS NOT NULL;

-- One row for each account that was ever suspended: its last suspension.
CREATE TABLE suspension (
    account_id   TEXT COLLATE "C" PRIMARY KEY,
    -- Whether it was not lifted.
    is_suspended BOOLEAN     NOT NULL,
    reason       TEXT        NOT NULL,
    -- The admin's account.
    by_id        TEXT        NOT NULL,
    since        TIMESTAMPTZ NOT NULL,
    -- Sequence number of the last event in the row.
    version      BIGINT      NOT NULL
);

-- The sessions are those of the view `accounts` at its position, so the new view continues there. Access tokens are valid for 15 minutes:
-- sessions that were ended earlier have none.
LOCK TABLE follower_position IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO session SELECT id, account_id, number, ended_at FROM account_session
 WHERE ended_at IS NULL OR ended_at > now() - interval '1 day';
INSERT INTO follower_position (follower, kind, first_slice, last_slice, xid, ordering)
SELECT 'access', kind, first_slice, last_slice, xid, ordering FROM follower_position WHERE follower = 'accounts';

-- An event that the view reads again changes nothing.
INSERT INTO suspension (account_id, is_suspended, reason, by_id, since, version)
SELECT DISTINCT ON (s.event ->> 'accountId')
       s.event ->> 'accountId', l.sequence_number IS NULL, s.event ->> 'reason', s.event ->> 'by', (s.event ->> 'at')::timestamptz,
       coalesce(l.sequence_number, s.sequence_number)
  FROM journal s
  LEFT JOIN journal l ON l.kind = 'account' AND l.name = 'account.suspension-lifted' AND l.id = s.id AND l.sequence_number > s.sequence_number
 WHERE s.kind = 'account' AND s.name = 'account.suspended'
 ORDER BY s.event ->> 'accountId', s.sequence_number DESC, l.sequence_number;

-- Nodes of the previous version still read the ended sessions from account_session, while their view or the one that replaces it runs on
-- any node. This trigger writes them there. A later version removes it together with the table.
CREATE FUNCTION copy_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO account_session (id, account_id, number, ended_at) VALUES (NEW.id, NEW.account_id, NEW.number, NEW.ended_at)
    ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at WHERE account_session.ended_at IS NULL AND excluded.ended_at IS NOT NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER copy_session AFTER INSERT OR UPDATE ON session FOR EACH ROW EXECUTE FUNCTION copy_session();
