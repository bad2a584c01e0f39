-- Exports of accounts' own data are in the same table as exports of rooms. A view adds them, and the same nodes write them.
-- RECORD. The rows keep their ids.

ALTER TABLE room_export RENAME TO export;
-- What is counted: messages of a room, or entries of an account.
ALTER TABLE export RENAME COLUMN messages_done TO done;
ALTER TABLE export RENAME COLUMN messages_total TO total;
-- NULL: an export of the account's own data.
ALTER TABLE export ALTER COLUMN room_id DROP NOT NULL;

ALTER INDEX room_export_pkey RENAME TO export_pkey;
ALTER INDEX room_export_running_idx RENAME TO export_running_idx;
ALTER INDEX room_export_account_idx RENAME TO export_account_idx;
ALTER INDEX room_export_file_idx RENAME TO export_file_idx;
ALTER INDEX room_export_expiry_idx RENAME TO export_expiry_idx;
ALTER INDEX room_export_report_idx RENAME TO export_report_idx;

-- What an export of own data reads.
CREATE INDEX room_file_account_idx ON room_file (account_id, id);
CREATE INDEX room_list_removed_idx ON room_list (account_id) WHERE is_removed;
