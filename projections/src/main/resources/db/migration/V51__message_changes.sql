-- Messages can be edited and deleted, reply to others, mention members, get reactions, and report contract events.
-- VIEW: messages. The new columns are empty for all messages that exist; no rebuild is needed. Their version is 0, which
-- means that nothing has changed them since they were posted.

ALTER TABLE message ALTER COLUMN by_id DROP NOT NULL;
ALTER TABLE message
    -- The contract event that a system message reports.
    ADD COLUMN report_kind         TEXT,
    ADD COLUMN contract_id         TEXT,
    ADD COLUMN milestone           INTEGER,
    -- The number of the message that this one replies to.
    ADD COLUMN reply_to            BIGINT,
    ADD COLUMN mention_handle      TEXT[]      NOT NULL DEFAULT '{}',
    ADD COLUMN mention_account_id  TEXT[]      NOT NULL DEFAULT '{}',
    ADD COLUMN reaction_reaction   TEXT[]      NOT NULL DEFAULT '{}',
    ADD COLUMN reaction_account_id TEXT[]      NOT NULL DEFAULT '{}',
    ADD COLUMN edited_at           TIMESTAMPTZ,
    -- The text of a deleted message is empty.
    ADD COLUMN deleted_at          TIMESTAMPTZ,
    -- The sequence number of the last event of the room that has changed the message.
    ADD COLUMN version             BIGINT      NOT NULL DEFAULT 0;

CREATE INDEX message_id_idx ON message (id);
-- The position of the view in the events of a room.
CREATE INDEX message_version_idx ON message (room_id, version);

-- The texts that messages had before they were edited. Those of a deleted message are removed.
CREATE TABLE message_revision (
    room_id TEXT COLLATE "C" NOT NULL,
    number  BIGINT           NOT NULL,
    -- The sequence number of the event that has replaced the text.
    version BIGINT           NOT NULL,
    text    TEXT             NOT NULL,
    -- When the text was written.
    at      TIMESTAMPTZ      NOT NULL,
    PRIMARY KEY (room_id, number, version)
);
