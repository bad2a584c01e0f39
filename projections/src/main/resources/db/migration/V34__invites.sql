-- Every invite as it was last sent, and what became of it.
CREATE TABLE invite (
    id                TEXT COLLATE "C" PRIMARY KEY,
    job_id            TEXT,
    gig_id            TEXT,
    tier              TEXT,
    title             TEXT        NOT NULL,
    client_id         TEXT        NOT NULL,
    freelancer_id     TEXT        NOT NULL,
    message           TEXT        NOT NULL,
    price             BIGINT      NOT NULL,
    currency          TEXT        NOT NULL,
    delivery_days     INTEGER     NOT NULL,
    milestone_titles  TEXT[]      NOT NULL,
    milestone_amounts BIGINT[]    NOT NULL,
    milestone_days    INTEGER[]   NOT NULL,
    expires_at        TIMESTAMPTZ NOT NULL,
    number            INTEGER     NOT NULL,
    status            TEXT        NOT NULL,
    refused           TEXT,
    contract_id       TEXT,
    sent_at           TIMESTAMPTZ NOT NULL,
    version           BIGINT      NOT NULL
);
CREATE INDEX invite_client_idx ON invite (client_id, sent_at DESC, id DESC);
CREATE INDEX invite_freelancer_idx ON invite (freelancer_id, sent_at DESC, id DESC);

-- A contract follows from a proposal or an invite, and not always from a job.
ALTER TABLE contract ALTER COLUMN job_id DROP NOT NULL, ALTER COLUMN proposal_id DROP NOT NULL, ADD COLUMN invite_id TEXT;
ALTER TABLE notification ADD COLUMN invite_id TEXT;
