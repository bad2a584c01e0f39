-- When to check whether a message has an uploaded file. Without one it is deleted. Columns of the record room_file.

ALTER TABLE room_file
    -- Whether the file store has it: the row is older than the file.
    ADD COLUMN is_stored BOOLEAN NOT NULL DEFAULT TRUE,
    -- It cannot be attached any more. Unless a message has it by the next check, it is deleted.
    ADD COLUMN is_expired BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN check_at TIMESTAMPTZ NOT NULL DEFAULT now() + INTERVAL '1 day';
CREATE INDEX room_file_check_idx ON room_file (check_at);
