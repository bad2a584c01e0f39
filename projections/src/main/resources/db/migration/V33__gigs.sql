-- Every gig as it stands. Of its packages, the least first, one element of each array; includes: a line for each point.
CREATE TABLE gig (
    id            TEXT COLLATE "C" PRIMARY KEY,
    freelancer_id TEXT        NOT NULL,
    title         TEXT        NOT NULL,
    description   TEXT        NOT NULL,
    category      TEXT        NOT NULL,
    tags          TEXT[]      NOT NULL,
    media         TEXT[]      NOT NULL,
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
