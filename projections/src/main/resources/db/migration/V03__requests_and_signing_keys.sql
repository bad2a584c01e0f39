-- What the HTTP API stores about requests, and the keys of its access tokens.
-- RECORD: none of these tables must be lost. Without idempotency a retried request would be executed twice; without signing_key every
-- access token would be invalid.

-- Requests with an idempotency key and, once complete, their responses. Written by the HTTP edge. A key expires after 24 hours.
CREATE TABLE idempotency (
    -- The caller whose key it is: two callers can choose the same key.
    owner         TEXT        NOT NULL,
    key           TEXT        NOT NULL,
    -- Hash of method, path and body: the same key with another request is refused.
    fingerprint   TEXT        NOT NULL,
    -- Ids created by the request derive from the seed, so that a retry after a crash creates the same ids.
    seed_at       TIMESTAMPTZ NOT NULL,
    seed_chance   BIGINT      NOT NULL,
    -- Until then another request with the key is answered as in progress.
    claimed_until TIMESTAMPTZ NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    -- The response. A null status means that the request has not completed.
    status        INTEGER,
    content_type  TEXT,
    body          BYTEA,
    etag          TEXT,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_age_idx ON idempotency (created_at);

-- The private keys that sign access tokens, encrypted by the program. Written at the first start and by `./guildhall rotate-keys`.
CREATE TABLE signing_key (
    id         TEXT        PRIMARY KEY,
    sealed     BYTEA       NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
