-- Releases of accepted work that wait because the freelancer is suspended.
-- VIEW: rebuilt from the journal. Written by the view `held-releases`.

CREATE TABLE held_release (
    -- Contract and number of the milestone.
    id            TEXT COLLATE "C" PRIMARY KEY,
    contract_id   TEXT        NOT NULL,
    number        INTEGER     NOT NULL,
    title         TEXT        NOT NULL,
    client_id     TEXT        NOT NULL,
    freelancer_id TEXT        NOT NULL,
    amount        BIGINT      NOT NULL,
    currency      TEXT        NOT NULL,
    held_at       TIMESTAMPTZ NOT NULL,
    is_waiting    BOOLEAN     NOT NULL,
    version       BIGINT      NOT NULL
);
CREATE INDEX held_release_waiting_idx ON held_release (held_at, id) WHERE is_waiting;
