-- A search for messages also finds them by the names of their files.
-- VIEW: messages. The column is computed by the database, also for existing rows: no rebuild is needed.

-- The words of the names, and of their parts: of site-plan.pdf also site, plan and pdf. It depends on its argument only, which
-- PostgreSQL does not know of array_to_string.
CREATE FUNCTION file_name_words(names TEXT[]) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple'::regconfig, translate(joined, '<>', '  '))
        || to_tsvector('simple'::regconfig, translate(joined, '<>._-/\+&@#', '           '))
      FROM (SELECT array_to_string(names, ' ') AS joined) AS files
$$;

DROP INDEX message_words_idx;
ALTER TABLE message DROP COLUMN words;
ALTER TABLE message ADD COLUMN words TSVECTOR NOT NULL GENERATED ALWAYS AS (
    to_tsvector('simple'::regconfig, translate(text, '<>', '  '))
    || CASE WHEN attachment_name = '{}' THEN ''::tsvector ELSE file_name_words(attachment_name) END
    || array_to_tsvector(ARRAY['#' || room_id])) STORED;
CREATE INDEX message_words_idx ON message USING gin (words);
