-- The request at the edge that something is done for: beside each event as its metadata, and beside what falls due for it.
ALTER TABLE deadline ADD COLUMN correlation_id TEXT NOT NULL DEFAULT '';

CREATE OR REPLACE VIEW journal AS
SELECT ordering,
       kind,
       split_part(persistence_id, '|', 2)                AS id,
       sequence_number,
       event_ser_manifest                                AS name,
       convert_from(event_payload, 'UTF8')::jsonb        AS event,
       to_timestamp(write_timestamp / 1000.0)            AS at,
       convert_from(meta_payload, 'UTF8')                AS correlation_id
  FROM event_journal;
