-- Ids of files in messages are compared byte by byte, as all ids are.
-- VIEW: messages. No rebuild is needed.

ALTER TABLE message ALTER COLUMN attachment_file_id TYPE TEXT[] COLLATE "C";
