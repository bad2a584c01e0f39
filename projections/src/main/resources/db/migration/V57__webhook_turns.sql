-- The turns of accounts whose webhook deliveries wait: those that were served least recently are served first, and those with slow receivers share
-- a part of the deliveries that a node makes at the same time.
-- RECORD: webhook_turn, written by the delivery of webhooks. A lost row changes only an order.

CREATE TABLE webhook_turn (
    account_id TEXT COLLATE "C" PRIMARY KEY,
    -- When its last delivery was claimed.
    served_at  TIMESTAMPTZ      NOT NULL,
    -- From when its receivers count as quick: the first quick response, or some time after the last slow one. Empty before the first response.
    quick_from TIMESTAMPTZ
);
CREATE INDEX webhook_turn_served_idx ON webhook_turn (served_at);
