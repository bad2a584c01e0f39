-- The members of each room, and the accounts that hide their presence.
-- VIEW: room-members and presence-preferences, which are new and read the journal from the beginning.

CREATE TABLE room_member (
    room_id    TEXT COLLATE "C" NOT NULL,
    account_id TEXT COLLATE "C" NOT NULL,
    -- Whether an admin has taken the member's access.
    is_removed BOOLEAN          NOT NULL,
    version    BIGINT           NOT NULL,
    PRIMARY KEY (room_id, account_id)
);
CREATE INDEX room_member_account_idx ON room_member (account_id) WHERE NOT is_removed;

CREATE TABLE presence_preference (
    account_id TEXT COLLATE "C" PRIMARY KEY,
    is_hidden  BOOLEAN          NOT NULL,
    version    BIGINT           NOT NULL
);
