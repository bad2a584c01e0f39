-- What users offer each other before there is a contract: jobs, gigs, proposals and invites.
-- VIEW: rebuilt from the journal. Written by the views `jobs`, `gigs`, `proposals` and `invites`.
--
-- In every table: version is the sequence number of the last event in the row, so that an event which is read again changes nothing;
-- revision is the revision that users see. Money is in minor units. A …_key column is the column before it in lower case, for filters.

CREATE TABLE job (
    id           TEXT COLLATE "C" PRIMARY KEY,
    client_id    TEXT        NOT NULL,
    title        TEXT        NOT NULL,
    description  TEXT        NOT NULL,
    category     TEXT        NOT NULL,
    category_key TEXT        NOT NULL,
    skills       TEXT[]      NOT NULL,
    skill_keys   TEXT[]      NOT NULL,
    pay          TEXT        NOT NULL,
    budget_min   BIGINT      NOT NULL,
    budget_max   BIGINT      NOT NULL,
    currency     TEXT        NOT NULL,
    status       TEXT        NOT NULL,
    revision     BIGINT      NOT NULL,
    -- How many the job has received.
    proposals    INTEGER     NOT NULL,
    contract_id  TEXT,
    posted_at    TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ,
    version      BIGINT      NOT NULL
);
CREATE INDEX job_client_idx ON job (client_id, id DESC);
CREATE INDEX job_open_idx ON job (published_at DESC, id DESC) WHERE status = 'OPEN';
CREATE INDEX job_open_category_idx ON job (category_key, published_at DESC, id DESC) WHERE status = 'OPEN';
CREATE INDEX job_open_skill_idx ON job USING gin (skill_keys) WHERE status = 'OPEN';
-- For the market analysis, which reads published jobs of any status.
CREATE INDEX job_published_idx ON job (published_at DESC, id DESC) WHERE published_at IS NOT NULL;
CREATE INDEX job_published_skill_idx ON job USING gin (skill_keys) WHERE published_at IS NOT NULL;

CREATE TABLE gig (
    id            TEXT COLLATE "C" PRIMARY KEY,
    freelancer_id TEXT        NOT NULL,
    title         TEXT        NOT NULL,
    description   TEXT        NOT NULL,
    category      TEXT        NOT NULL,
    tags          TEXT[]      NOT NULL,
    media         TEXT[]      NOT NULL,
    -- The packages, from the lowest tier: one element of each array for each package. An element of includes has one line for each item.
    tiers         TEXT[]      NOT NULL,
    names         TEXT[]      NOT NULL,
    prices        BIGINT[]    NOT NULL,
    delivery_days INTEGER[]   NOT NULL,
    revisions     INTEGER[]   NOT NULL,
    includes      TEXT[]      NOT NULL,
    currency      TEXT,
    status        TEXT        NOT NULL,
    revision      BIGINT      NOT NULL,
    posted_at     TIMESTAMPTZ NOT NULL,
    version       BIGINT      NOT NULL
);
CREATE INDEX gig_freelancer_idx ON gig (freelancer_id, id DESC);

-- The milestones of proposals and invites: one element of each array for each milestone.
CREATE TABLE proposal (
    id                TEXT COLLATE "C" PRIMARY KEY,
    job_id            TEXT        NOT NULL,
    client_id         TEXT        NOT NULL,
    freelancer_id     TEXT        NOT NULL,
    cover_letter      TEXT        NOT NULL,
    price             BIGINT      NOT NULL,
    currency          TEXT        NOT NULL,
    delivery_days     INTEGER     NOT NULL,
    milestone_titles  TEXT[]      NOT NULL,
    milestone_amounts BIGINT[]    NOT NULL,
    milestone_days    INTEGER[]   NOT NULL,
    links             TEXT[]      NOT NULL,
    status            TEXT        NOT NULL,
    seen              BOOLEAN     NOT NULL,
    revision          BIGINT      NOT NULL,
    -- The client's reason.
    declined          TEXT,
    contract_id       TEXT,
    submitted_at      TIMESTAMPTZ NOT NULL,
    changed_at        TIMESTAMPTZ NOT NULL,
    version           BIGINT      NOT NULL
);
CREATE INDEX proposal_job_idx ON proposal (job_id, submitted_at DESC, id DESC);
CREATE INDEX proposal_freelancer_idx ON proposal (freelancer_id, submitted_at DESC, id DESC);

-- An invite refers to a job, to a package of a gig (gig_id and tier: an order), or to neither.
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
    -- How often it has been sent.
    number            INTEGER     NOT NULL,
    status            TEXT        NOT NULL,
    -- Why the last accept could not be completed.
    refused           TEXT,
    contract_id       TEXT,
    sent_at           TIMESTAMPTZ NOT NULL,
    version           BIGINT      NOT NULL
);
CREATE INDEX invite_client_idx ON invite (client_id, sent_at DESC, id DESC);
CREATE INDEX invite_freelancer_idx ON invite (freelancer_id, sent_at DESC, id DESC);
