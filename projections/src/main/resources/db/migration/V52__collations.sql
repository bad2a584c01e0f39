-- All ids are compared byte by byte. Before, some columns had the collation of the database and others "C": a comparison of two
-- such columns could use no index of the first. No rebuild is needed.

-- The words of a message include its room's id, whose column is changed below.
DROP INDEX message_words_idx;
ALTER TABLE message DROP COLUMN words;

DO $$
DECLARE
    changes RECORD;
BEGIN
    FOR changes IN
        SELECT a.attrelid::regclass AS table_name,
               string_agg(format('ALTER COLUMN %I TYPE %s COLLATE "C"', a.attname, format_type(a.atttypid, a.atttypmod)), ', ') AS columns
          FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_collation n ON n.oid = a.attcollation
         WHERE c.relkind = 'r' AND c.relnamespace IN ('public'::regnamespace, 'embedding'::regnamespace, 'alert'::regnamespace)
           AND c.relname NOT IN ('event_journal', 'event_tag', 'snapshot', 'flyway_schema_history') AND c.relname NOT LIKE 'pekko_projection_%'
           AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND n.collname = 'default'
           AND a.attname LIKE '%id'
         GROUP BY a.attrelid
         ORDER BY a.attrelid
    LOOP
        EXECUTE format('ALTER TABLE %s %s', changes.table_name, changes.columns);
    END LOOP;
END $$;

ALTER TABLE message ADD COLUMN words TSVECTOR NOT NULL GENERATED ALWAYS AS (
    to_tsvector('simple'::regconfig, translate(text, '<>', '  ')) || array_to_tsvector(ARRAY['#' || room_id])) STORED;
CREATE INDEX message_words_idx ON message USING gin (words);

-- Only the deletion of old entries uses it: one small entry for many rows is enough.
DROP INDEX live_entry_at_idx;
CREATE INDEX live_entry_at_idx ON live_entry USING brin (at);
