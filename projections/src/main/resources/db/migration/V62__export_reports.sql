-- Whether the journal has the result of an export, so that its member is notified. A column of the record room_export.

ALTER TABLE room_export ADD COLUMN is_reported BOOLEAN NOT NULL DEFAULT FALSE;
-- The members of earlier exports have seen their results.
UPDATE room_export SET is_reported = TRUE WHERE state IN ('FINISHED', 'FAILED');
CREATE INDEX room_export_report_idx ON room_export (finished_at) WHERE state IN ('FINISHED', 'FAILED') AND NOT is_reported;
