-- The accounts that an account blocks, and the reports of members about messages and rooms.
-- VIEW: blocks and abuse-reports, which are new and read the journal from the beginning.

CREATE TABLE account_block (
    blocker_id TEXT COLLATE "C" NOT NULL,
    blocked_id TEXT COLLATE "C" NOT NULL,
    is_active  BOOLEAN          NOT NULL,
    -- When the last block began.
    blocked_at TIMESTAMPTZ      NOT NULL,
    version    BIGINT           NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
CREATE INDEX account_block_list_idx ON account_block (blocker_id, blocked_at, blocked_id) WHERE is_active;

CREATE TABLE abuse_report (
    id             TEXT COLLATE "C" PRIMARY KEY,
    room_id        TEXT        NOT NULL,
    reporter_id    TEXT        NOT NULL,
    accused_id     TEXT        NOT NULL,
    -- Absent if the whole room is reported.
    message_id     TEXT,
    message_number BIGINT,
    -- The text as it was when it was reported.
    message_text   TEXT,
    reason         TEXT        NOT NULL,
    filed_at       TIMESTAMPTZ NOT NULL,
    -- Absent while the report is open.
    settled_by     TEXT,
    outcome        TEXT,
    note           TEXT,
    settled_at     TIMESTAMPTZ,
    version        BIGINT      NOT NULL
);
CREATE INDEX abuse_report_open_idx ON abuse_report (filed_at, id) WHERE settled_at IS NULL;
CREATE INDEX abuse_report_filed_idx ON abuse_report (filed_at, id);
