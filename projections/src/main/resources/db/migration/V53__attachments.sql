-- Messages can have files.
-- VIEW: messages. No message that exists has files; no rebuild is needed.

ALTER TABLE message
    ADD COLUMN attachment_file_id    TEXT[]   NOT NULL DEFAULT '{}',
    ADD COLUMN attachment_name       TEXT[]   NOT NULL DEFAULT '{}',
    ADD COLUMN attachment_media_type TEXT[]   NOT NULL DEFAULT '{}',
    ADD COLUMN attachment_bytes      BIGINT[] NOT NULL DEFAULT '{}';

CREATE INDEX message_attachment_idx ON message USING gin (attachment_file_id) WHERE attachment_file_id <> '{}';
