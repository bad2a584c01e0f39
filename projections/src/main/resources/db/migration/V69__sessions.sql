-- Sessions are no longer in the journal: a login or a refresh on a known device records no event.

DROP TABLE session;
DROP TABLE account_session;
DROP FUNCTION copy_session;

-- The logins of the last 30 days.
-- RECORD: written by the HTTP edge of every node. Also written by the view `access`, which ends sessions. Not rebuilt: no statement but
-- a login lets an account in, and an ended session never becomes open again.
CREATE TABLE session (
    id           TEXT COLLATE "C" PRIMARY KEY,
    account_id   TEXT COLLATE "C" NOT NULL,
    -- How often all sessions of the account had been ended when the password was checked.
    generation   INTEGER          NOT NULL,
    -- The user's name for the device.
    device       TEXT,
    -- From the header User-Agent.
    application  TEXT             NOT NULL,
    -- Where it was used last: 24 bits of an IPv4 address, 48 of an IPv6 address.
    network      TEXT             NOT NULL,
    started_at   TIMESTAMPTZ      NOT NULL,
    last_used_at TIMESTAMPTZ      NOT NULL,
    expires_at   TIMESTAMPTZ      NOT NULL,
    -- The number of the current refresh token, from 1. No token is stored: tokens are signed.
    token_number INTEGER          NOT NULL,
    -- When the current refresh token was first issued.
    token_at     TIMESTAMPTZ      NOT NULL,
    -- Of a session that was ended before it expired.
    ended_at     TIMESTAMPTZ
) WITH (fillfactor = 80);
CREATE INDEX session_account_idx ON session (account_id, started_at, id) WHERE ended_at IS NULL;
CREATE INDEX session_ended_idx ON session (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX session_expiry_idx ON session (expires_at);

-- How often all sessions of an account were ended: sessions of an earlier generation have ended, and none of them can start. A login and
-- the end of all sessions lock the row, so that a login that checked the password before does not survive it.
-- RECORD: written by the view `access` from the journal, and created by the first login. Never rebuilt.
CREATE TABLE session_generation (
    account_id TEXT COLLATE "C" PRIMARY KEY,
    generation INTEGER NOT NULL
);
