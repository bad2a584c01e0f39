-- How far the view of messages has read each room. Without it, reading a message also read all blocks and changes of members
-- since the last message.
-- VIEW: messages. Rooms without a row are read from their last message on; no rebuild is needed.

CREATE TABLE message_position (
    room_id TEXT COLLATE "C" PRIMARY KEY,
    -- The sequence number of the last event that was not about a message.
    version BIGINT NOT NULL
);
