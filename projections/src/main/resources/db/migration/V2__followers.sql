-- Where each follower of the journal stands, as pekko-projection-jdbc 1.0 keeps it.
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

-- What falls due: each row is turned into a command by whichever node takes it, and goes when that is done.
CREATE TABLE deadline (
    key       TEXT        PRIMARY KEY,
    kind      TEXT        NOT NULL,
    entity_id TEXT        NOT NULL,
    due_at    TIMESTAMPTZ NOT NULL,
    attempts  INTEGER     NOT NULL DEFAULT 0
);
CREATE INDEX deadline_due_idx ON deadline (due_at);
