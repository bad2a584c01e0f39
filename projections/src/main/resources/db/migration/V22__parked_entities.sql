-- A follower parks an entity whose event it cannot handle, so that other entities do not wait: it passes over the entity's later events
-- until an operator has them handled (retry) or has the failing one left out (drop).
-- RECORD: none of these tables must be lost. Without its row a parked entity's events would never be handled.

-- One row for each parked entity of each follower. Written by the readers of the follower, and by operators.
CREATE TABLE parked_entity (
    follower        TEXT        NOT NULL,
    kind            TEXT        NOT NULL,
    entity_id       TEXT        NOT NULL,
    -- The sequence numbers of its events that are not handled: the one that failed, and the last one that the follower has passed over.
    first_sequence  BIGINT      NOT NULL,
    last_sequence   BIGINT      NOT NULL,
    -- UNREADABLE: this version of the program cannot read the event. FAILED: each attempt failed. TIMED_OUT: each attempt had no outcome,
    -- while events of other entities had one.
    cause           TEXT        NOT NULL,
    reason          TEXT        NOT NULL,
    tries           INTEGER     NOT NULL,
    parked_at       TIMESTAMPTZ NOT NULL,
    retry_requested BOOLEAN     NOT NULL DEFAULT false,
    PRIMARY KEY (follower, kind, entity_id)
);

-- One row for each event that an operator has had left out. Written once, never changed.
CREATE TABLE dropped_event (
    follower        TEXT        NOT NULL,
    kind            TEXT        NOT NULL,
    entity_id       TEXT        NOT NULL,
    sequence_number BIGINT      NOT NULL,
    failure         TEXT        NOT NULL,
    tries           INTEGER     NOT NULL,
    reason          TEXT        NOT NULL,
    dropped_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (follower, kind, entity_id, sequence_number, dropped_at)
);
