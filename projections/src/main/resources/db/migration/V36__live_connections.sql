-- Tickets and presence of live connections, when there is no Redis or it cannot be reached. Written by the HTTP edge of every node.
-- CACHE: both tables can be lost, such as in a crash of the database, since they are not written ahead. A client whose ticket is lost
-- requests another, and nodes report presence again within half a minute.

-- A ticket is deleted when it is redeemed, which makes it single-use on all nodes. Only its hash is stored.
CREATE UNLOGGED TABLE live_ticket (
    hash           BYTEA       PRIMARY KEY,
    account_id     TEXT        NOT NULL,
    address        TEXT        NOT NULL,
    session_id     TEXT        NOT NULL,
    roles          TEXT[]      NOT NULL,
    -- When the access token expires that the ticket was requested with.
    access_expires TIMESTAMPTZ NOT NULL,
    expires_at     TIMESTAMPTZ NOT NULL
);
CREATE INDEX live_ticket_expiry_idx ON live_ticket (expires_at);

-- The last report of each node about an account.
CREATE UNLOGGED TABLE presence (
    account_id TEXT        NOT NULL,
    node       TEXT        NOT NULL,
    -- ONLINE, AWAY or OFFLINE
    state      TEXT        NOT NULL,
    at         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, node)
);
CREATE INDEX presence_age_idx ON presence (at);
