-- The list of each account's rooms, the pictures of accounts, and the words of messages.
-- VIEW: room-list and account-pictures, which are new and read the journal from the beginning.
-- The new column of message is computed by the database, also for existing rows: no rebuild is needed.

CREATE TABLE room_list (
    room_id     TEXT COLLATE "C" NOT NULL,
    account_id  TEXT COLLATE "C" NOT NULL,
    -- The other member.
    other_id    TEXT             NOT NULL,
    kind        TEXT             NOT NULL,
    -- Of a contract's room.
    contract_id TEXT,
    title       TEXT,
    opened_at   TIMESTAMPTZ      NOT NULL,
    -- When the last message was sent; before the first one, when the room was opened. The order of the list.
    active_at   TIMESTAMPTZ      NOT NULL,
    -- Whether an admin has taken the member's access.
    is_removed  BOOLEAN          NOT NULL,
    version     BIGINT           NOT NULL,
    PRIMARY KEY (room_id, account_id)
);
CREATE INDEX room_list_account_idx ON room_list (account_id, active_at, room_id) WHERE NOT is_removed;

CREATE TABLE account_picture (
    account_id TEXT COLLATE "C" PRIMARY KEY,
    -- The key of the file.
    picture    TEXT,
    version    BIGINT NOT NULL
);

-- Rooms of an account in the order of their ids, without reading the table.
DROP INDEX room_member_account_idx;
CREATE INDEX room_member_account_idx ON room_member (account_id, room_id) WHERE NOT is_removed;

-- The words of the text, and the room's id as one more lexeme, which no text can have: a search in a few rooms of many
-- reads only these. Without < and >, the parser does not take a part of the text for a tag of HTML.
ALTER TABLE message ADD COLUMN words TSVECTOR NOT NULL GENERATED ALWAYS AS (
    to_tsvector('simple'::regconfig, translate(text, '<>', '  ')) || array_to_tsvector(ARRAY['#' || room_id])) STORED;
CREATE INDEX message_words_idx ON message USING gin (words);
