-- The journal and the snapshots, as pekko-persistence-jdbc 1.1 writes them, with what our readers need beside it.
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
    meta_ser_id        INTEGER,
    meta_ser_manifest  VARCHAR(255),
    meta_payload       BYTEA,
    -- The aggregate's name, and the slice by which several readers share the work. Never changed once in use.
    kind               TEXT     NOT NULL GENERATED ALWAYS AS (split_part(persistence_id, '|', 1)) STORED,
    slice              SMALLINT NOT NULL GENERATED ALWAYS AS (strpos('0123456789abcdef', left(md5(persistence_id), 1)) & 3) STORED,
    -- Readers take only what no running transaction can still precede, so nothing is skipped and no gap is waited for.
    xid                XID8     NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (persistence_id, sequence_number)
);
CREATE UNIQUE INDEX event_journal_ordering_idx ON event_journal (ordering);
CREATE INDEX event_journal_reading_idx ON event_journal (kind, slice, xid, ordering);

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

-- For operators: what happened, to whom, readable.
CREATE VIEW journal AS
SELECT ordering,
       kind,
       split_part(persistence_id, '|', 2)                AS id,
       sequence_number,
       event_ser_manifest                                AS name,
       convert_from(event_payload, 'UTF8')::jsonb        AS event,
       to_timestamp(write_timestamp / 1000.0)            AS at
  FROM event_journal;
