-- The positions of the followers (views and processes) in the journal, and the deadlines of the processes.
-- RECORD: none of these tables must be lost. Without its position a process would handle all events again; without its row a deadline
-- would never be handled.

-- The position of each follower in each slice, and which followers are paused while their view is rebuilt.
-- Written by Pekko Projection (pekko-projection-jdbc 1.0, whose table and column names these are); a rebuild deletes a view's positions.
CREATE TABLE pekko_projection_offset_store (
    projection_name VARCHAR(255)  NOT NULL,
    projection_key  VARCHAR(255)  NOT NULL,
    current_offset  VARCHAR(1000) NOT NULL,
    manifest        VARCHAR(4)    NOT NULL,
    mergeable       BOOLEAN       NOT NULL,
    last_updated    BIGINT        NOT NULL,
    PRIMARY KEY (projection_name, projection_key)
);

CREATE TABLE pekko_projection_management (
    projection_name VARCHAR(255) NOT NULL,
    projection_key  VARCHAR(255) NOT NULL,
    paused          BOOLEAN      NOT NULL,
    last_updated    BIGINT       NOT NULL,
    PRIMARY KEY (projection_name, projection_key)
);

-- One row for each deadline that has not been handled. Processes add rows: a node takes a due row by moving its due_at into the future, sends the
-- command and then deletes the row.
CREATE TABLE deadline (
    key            TEXT        PRIMARY KEY,
    kind           TEXT        NOT NULL,
    entity_id      TEXT        NOT NULL,
    due_at         TIMESTAMPTZ NOT NULL,
    attempts       INTEGER     NOT NULL DEFAULT 0,
    -- Of the request that caused the deadline.
    correlation_id TEXT        NOT NULL DEFAULT ''
);
CREATE INDEX deadline_due_idx ON deadline (due_at);
