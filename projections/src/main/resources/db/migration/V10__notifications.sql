-- In-app notifications.
-- VIEW: rebuilt from the journal. Written by the view `notifications`.

CREATE TABLE notification (
    id          TEXT COLLATE "C" PRIMARY KEY,
    account_id  TEXT        NOT NULL,
    kind        TEXT        NOT NULL,
    title       TEXT,
    detail      TEXT        NOT NULL,
    -- What it is about: an array of {"kind", "id"}, the most specific last.
    links       JSONB       NOT NULL,
    at          TIMESTAMPTZ NOT NULL
);
CREATE INDEX notification_account_idx ON notification (account_id, id DESC);
