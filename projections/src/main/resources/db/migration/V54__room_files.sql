-- The files that members have uploaded to rooms. A row never changes.
-- RECORD: written by the HTTP edge of every node, when the file is stored. Not rebuilt.

CREATE TABLE room_file (
    id         TEXT COLLATE "C" PRIMARY KEY,
    room_id    TEXT COLLATE "C" NOT NULL,
    -- The member who has uploaded it.
    account_id TEXT COLLATE "C" NOT NULL,
    -- Safe as a file name.
    name       TEXT             NOT NULL,
    -- Detected from the first bytes.
    type       TEXT             NOT NULL,
    bytes      BIGINT           NOT NULL,
    at         TIMESTAMPTZ      NOT NULL
);
