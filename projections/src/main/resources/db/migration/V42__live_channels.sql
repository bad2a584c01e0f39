-- The live channel of each account: the changes of its lists, which the channel `me` announces.
-- RECORD: written by the followers that write the lists, in the same transaction. A rebuild does not write it.
-- A row is deleted after 7 days, or when 10,000 newer ones exist for the account.

CREATE TABLE live_account (
    account_id  TEXT COLLATE "C" PRIMARY KEY,
    -- The number of the newest change. Never decreases, so that a client that has seen a number never sees it again.
    last_number BIGINT NOT NULL
);

CREATE TABLE live_entry (
    account_id TEXT COLLATE "C" NOT NULL,
    -- Counts the changes of the account from 1, without gaps and in the order of commits.
    number     BIGINT           NOT NULL,
    list       TEXT             NOT NULL,
    -- The item of the list that has changed; empty: the entity.
    item       TEXT             NOT NULL,
    -- The event of the journal that caused the change: kind and id of the entity, and the event's sequence number.
    kind       TEXT             NOT NULL,
    entity_id  TEXT             NOT NULL,
    sequence   BIGINT           NOT NULL,
    at         TIMESTAMPTZ      NOT NULL,
    PRIMARY KEY (account_id, number)
);
CREATE UNIQUE INDEX live_entry_event_idx ON live_entry (account_id, kind, entity_id, sequence, list, item);
CREATE INDEX live_entry_at_idx ON live_entry (at);
