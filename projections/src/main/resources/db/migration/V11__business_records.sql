-- What a freelancer's business record is computed from: contracts, their milestones and revealed reviews.
-- VIEW: rebuilt from the journal. Written by the view `record`.

CREATE TABLE record_contract (
    id            TEXT COLLATE "C" PRIMARY KEY,
    freelancer_id TEXT   NOT NULL,
    client_id     TEXT   NOT NULL,
    status        TEXT   NOT NULL,
    -- Sequence number of the last event in the row.
    version       BIGINT NOT NULL
);
CREATE INDEX record_contract_freelancer_idx ON record_contract (freelancer_id, status) INCLUDE (client_id);

-- submitted_at is the time of the first submission.
CREATE TABLE record_milestone (
    contract_id   TEXT COLLATE "C" NOT NULL,
    number        INTEGER     NOT NULL,
    freelancer_id TEXT        NOT NULL,
    days          INTEGER     NOT NULL,
    funded_at     TIMESTAMPTZ,
    submitted_at  TIMESTAMPTZ,
    PRIMARY KEY (contract_id, number)
);
CREATE INDEX record_milestone_freelancer_idx ON record_milestone (freelancer_id) INCLUDE (days, funded_at, submitted_at)
    WHERE submitted_at IS NOT NULL;

-- Reviews that clients wrote about freelancers.
CREATE TABLE record_review (
    id            TEXT COLLATE "C" PRIMARY KEY,
    freelancer_id TEXT    NOT NULL,
    overall       INTEGER NOT NULL
);
CREATE INDEX record_review_freelancer_idx ON record_review (freelancer_id) INCLUDE (overall);
