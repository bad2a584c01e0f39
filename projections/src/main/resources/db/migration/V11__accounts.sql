-- Every account, for operators, and the sessions that were ended before their time.
CREATE TABLE account (
    id            TEXT        PRIMARY KEY,
    address       TEXT        NOT NULL,
    email         TEXT        NOT NULL,
    name          TEXT        NOT NULL,
    country       TEXT        NOT NULL,
    roles         TEXT[]      NOT NULL,
    status        TEXT        NOT NULL,
    registered_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX account_address_idx ON account (address);

CREATE TABLE account_session (
    id         TEXT        PRIMARY KEY,
    account_id TEXT        NOT NULL,
    ended_at   TIMESTAMPTZ
);
CREATE INDEX account_session_account_idx ON account_session (account_id) WHERE ended_at IS NULL;
CREATE INDEX account_session_ended_idx ON account_session (ended_at) WHERE ended_at IS NOT NULL;
