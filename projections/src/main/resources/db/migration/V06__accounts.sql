-- Accounts and their sessions.
-- VIEW: rebuilt from the journal. Written by the view `accounts`.

CREATE TABLE account (
    -- "C", here and in all views: ids and cursors are compared byte by byte, whatever the database's locale.
    id            TEXT COLLATE "C" PRIMARY KEY,
    -- The entity's id: the SHA-256 of the e-mail address. There is one account for each address.
    address       TEXT        NOT NULL,
    email         TEXT        NOT NULL,
    name          TEXT        NOT NULL,
    country       TEXT        NOT NULL,
    roles         TEXT[]      NOT NULL,
    status        TEXT        NOT NULL,
    is_premium    BOOLEAN     NOT NULL DEFAULT false,
    registered_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX account_address_idx ON account (address);

-- ended_at: of sessions that were ended before they expired.
CREATE TABLE account_session (
    id         TEXT   PRIMARY KEY,
    account_id TEXT   NOT NULL,
    -- Sequence number of the login. "All sessions ended" ends those with a lower number, so that reading it again ends no later session.
    number     BIGINT NOT NULL,
    ended_at   TIMESTAMPTZ
);
CREATE INDEX account_session_account_idx ON account_session (account_id) WHERE ended_at IS NULL;
CREATE INDEX account_session_ended_idx ON account_session (ended_at) WHERE ended_at IS NOT NULL;
