-- What the door keeps: requests by their idempotency key, and the keys that access tokens are signed with.
CREATE TABLE idempotency (
    owner         TEXT        NOT NULL,
    key           TEXT        NOT NULL,
    fingerprint   TEXT        NOT NULL,
    seed_at       TIMESTAMPTZ NOT NULL,
    seed_chance   BIGINT      NOT NULL,
    claimed_until TIMESTAMPTZ NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    status        INTEGER,
    content_type  TEXT,
    body          BYTEA,
    etag          TEXT,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_age_idx ON idempotency (created_at);

CREATE TABLE signing_key (
    id         TEXT        PRIMARY KEY,
    sealed     BYTEA       NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
