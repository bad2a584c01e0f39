-- Exports of rooms: who has requested them, their progress, and the file of each.
-- RECORD: written by the HTTP edge of every node, and by the nodes that write exports. Rows are deleted with their files.

CREATE TABLE room_export (
    id             TEXT COLLATE "C" PRIMARY KEY,
    room_id        TEXT COLLATE "C" NOT NULL,
    -- The member who has requested it.
    account_id     TEXT COLLATE "C" NOT NULL,
    -- WAITING, RUNNING, or the final state: FINISHED, FAILED.
    state          TEXT             NOT NULL DEFAULT 'WAITING',
    messages_done  BIGINT           NOT NULL DEFAULT 0,
    -- The messages of the room when it was requested.
    messages_total BIGINT           NOT NULL,
    requested_at   TIMESTAMPTZ      NOT NULL,
    attempts       INT              NOT NULL DEFAULT 0,
    failures       INT              NOT NULL DEFAULT 0,
    -- Until then, only the node that has claimed it writes it.
    claimed_until  TIMESTAMPTZ      NOT NULL DEFAULT '-infinity',
    failure        TEXT,
    -- Of a finished export.
    file_id        TEXT COLLATE "C",
    file_name      TEXT,
    bytes          BIGINT           NOT NULL DEFAULT 0,
    finished_at    TIMESTAMPTZ,
    expires_at     TIMESTAMPTZ
);
CREATE UNIQUE INDEX room_export_running_idx ON room_export (room_id, account_id) WHERE state IN ('WAITING', 'RUNNING');
CREATE INDEX room_export_account_idx ON room_export (account_id, requested_at);
CREATE INDEX room_export_file_idx ON room_export (file_id) WHERE file_id IS NOT NULL;
CREATE INDEX room_export_expiry_idx ON room_export (expires_at) WHERE expires_at IS NOT NULL;
