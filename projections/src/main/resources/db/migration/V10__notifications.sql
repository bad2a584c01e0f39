-- In-app notifications.
-- VIEW: rebuilt from the journal. Written by the view `notifications`.

CREATE TABLE notification (
    id          TEXT COLLATE "C" PRIMARY KEY,
    account_id  TEXT        NOT NULL,
    kind        TEXT        NOT NULL,
    title       TEXT,
    detail      TEXT        NOT NULL,
    -- What the notification links to. found_id is the job, gig or freelancer that matches the saved search search_id.
    job_id      TEXT,
    proposal_id TEXT,
    invite_id   TEXT,
    contract_id TEXT,
    milestone   INTEGER,
    found_id    TEXT,
    search_id   TEXT,
    at          TIMESTAMPTZ NOT NULL
);
CREATE INDEX notification_account_idx ON notification (account_id, id DESC);
