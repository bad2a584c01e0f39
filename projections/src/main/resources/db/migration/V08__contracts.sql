-- Contracts, their milestones and timelines, the messages of their rooms, and reviews.
-- VIEW: rebuilt from the journal. Written by the views `contracts`, `timeline`, `messages` and `reviews`.
-- version is the sequence number of the last event in the row. Money is in minor units.

-- A contract results from a proposal or from an invite; an invite need not refer to a job.
CREATE TABLE contract (
    id               TEXT COLLATE "C" PRIMARY KEY,
    job_id           TEXT,
    proposal_id      TEXT,
    invite_id        TEXT,
    client_id        TEXT        NOT NULL,
    freelancer_id    TEXT        NOT NULL,
    title            TEXT        NOT NULL,
    price            BIGINT      NOT NULL,
    currency         TEXT        NOT NULL,
    fee_basis_points INTEGER     NOT NULL,
    status           TEXT        NOT NULL,
    drawn_at         TIMESTAMPTZ NOT NULL,
    changed_at       TIMESTAMPTZ NOT NULL,
    version          BIGINT      NOT NULL
);
CREATE INDEX contract_client_idx ON contract (client_id, id DESC);
CREATE INDEX contract_freelancer_idx ON contract (freelancer_id, id DESC);

CREATE TABLE contract_milestone (
    contract_id TEXT COLLATE "C" NOT NULL,
    number      INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    amount      BIGINT  NOT NULL,
    days        INTEGER NOT NULL,
    status      TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    PRIMARY KEY (contract_id, number)
);

-- previous is the hash of the entry before, so that a changed entry breaks the chain.
CREATE TABLE timeline_entry (
    contract_id TEXT        NOT NULL,
    number      BIGINT      NOT NULL,
    at          TIMESTAMPTZ NOT NULL,
    by_id       TEXT        NOT NULL,
    what        TEXT        NOT NULL,
    milestone   INTEGER,
    title       TEXT        NOT NULL,
    amount      BIGINT,
    currency    TEXT,
    note        TEXT        NOT NULL,
    previous    TEXT        NOT NULL,
    hash        TEXT        NOT NULL,
    PRIMARY KEY (contract_id, number)
);

CREATE TABLE message (
    room_id TEXT        NOT NULL,
    number  BIGINT      NOT NULL,
    id      TEXT        NOT NULL,
    by_id   TEXT        NOT NULL,
    text    TEXT        NOT NULL,
    at      TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (room_id, number)
);

-- One row for each side of a completed contract, from the moment that a review can be written. The ratings and the text are null until then.
CREATE TABLE review (
    id              TEXT COLLATE "C" PRIMARY KEY,
    contract_id     TEXT        NOT NULL,
    title           TEXT        NOT NULL,
    side            TEXT        NOT NULL,
    author_id       TEXT        NOT NULL,
    subject_id      TEXT        NOT NULL,
    status          TEXT        NOT NULL,
    closes_at       TIMESTAMPTZ NOT NULL,
    overall         INTEGER,
    quality         INTEGER,
    communication   INTEGER,
    timeliness      INTEGER,
    professionalism INTEGER,
    text            TEXT,
    written_at      TIMESTAMPTZ,
    revealed_at     TIMESTAMPTZ,
    version         BIGINT      NOT NULL
);
CREATE INDEX review_contract_idx ON review (contract_id);
CREATE INDEX review_revealed_idx ON review (subject_id, revealed_at DESC, id DESC) WHERE status = 'REVEALED';
