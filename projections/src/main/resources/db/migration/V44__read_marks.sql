-- How far each member of a room has read. Read marks are not in the journal.
-- RECORD: written by the HTTP edge of every node. Not rebuilt.

CREATE TABLE read_mark (
    room_id    TEXT COLLATE "C" NOT NULL,
    account_id TEXT COLLATE "C" NOT NULL,
    -- The number of the last message that the member has read. Never decreases.
    number     BIGINT           NOT NULL,
    at         TIMESTAMPTZ      NOT NULL,
    PRIMARY KEY (room_id, account_id)
);
