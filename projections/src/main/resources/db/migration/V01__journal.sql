-- The journal: all events of all aggregates, the only source of truth.
-- RECORD: event_journal must never be lost. Every view in the files below can be computed from it again.
-- CACHE: snapshot can be emptied at any time; entities then replay all their events.
-- Written by Pekko Persistence (pekko-persistence-jdbc 1.1, whose table and column names these are); events are added by our own batched INSERT.

CREATE TABLE event_journal (
    ordering           BIGSERIAL,
    persistence_id     VARCHAR(255) NOT NULL,
    sequence_number    BIGINT       NOT NULL,
    deleted            BOOLEAN      NOT NULL DEFAULT FALSE,
    writer             VARCHAR(255) NOT NULL,
    write_timestamp    BIGINT,
    adapter_manifest   VARCHAR(255),
    event_ser_id       INTEGER      NOT NULL,
    event_ser_manifest VARCHAR(255) NOT NULL,
    event_payload      BYTEA        NOT NULL,
    -- The metadata is the correlation id of the request that caused the event.
    meta_ser_id        INTEGER,
    meta_ser_manifest  VARCHAR(255),
    meta_payload       BYTEA,
    -- The columns below are ours. kind is the aggregate's name; slice (0 to 3) divides the entities among parallel readers.
    -- Both expressions are final: followers store their positions by slice.
    kind               TEXT     NOT NULL GENERATED ALWAYS AS (split_part(persistence_id, '|', 1)) STORED,
    slice              SMALLINT NOT NULL GENERATED ALWAYS AS (strpos('0123456789abcdef', left(md5(persistence_id), 1)) & 3) STORED,
    -- The writing transaction. Readers stop before the oldest running transaction, so that an event which is committed late is never skipped.
    xid                XID8     NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (persistence_id, sequence_number)
);
CREATE UNIQUE INDEX event_journal_ordering_idx ON event_journal (ordering);
CREATE INDEX event_journal_reading_idx ON event_journal (kind, slice, xid, ordering);

-- Required by pekko-persistence-jdbc. Always empty: no event is tagged.
CREATE TABLE event_tag (
    event_id BIGINT,
    tag      VARCHAR(256),
    PRIMARY KEY (event_id, tag),
    CONSTRAINT fk_event_journal FOREIGN KEY (event_id) REFERENCES event_journal (ordering) ON DELETE CASCADE
);

CREATE TABLE snapshot (
    persistence_id        VARCHAR(255) NOT NULL,
    sequence_number       BIGINT       NOT NULL,
    created               BIGINT       NOT NULL,
    snapshot_ser_id       INTEGER      NOT NULL,
    snapshot_ser_manifest VARCHAR(255) NOT NULL,
    snapshot_payload      BYTEA        NOT NULL,
    meta_ser_id           INTEGER,
    meta_ser_manifest     VARCHAR(255),
    meta_payload          BYTEA,
    PRIMARY KEY (persistence_id, sequence_number)
);

-- The journal in readable form, for operators with a SQL client. The program does not use it.
CREATE VIEW journal AS
SELECT ordering,
       kind,
       split_part(persistence_id, '|', 2)         AS id,
       sequence_number,
       event_ser_manifest                         AS name,
       convert_from(event_payload, 'UTF8')::jsonb AS event,
       to_timestamp(write_timestamp / 1000.0)     AS at,
       convert_from(meta_payload, 'UTF8')         AS correlation_id
  FROM event_journal;
