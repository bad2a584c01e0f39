-- Webhooks: which accounts receive which events, and the queue of deliveries.
-- VIEW: webhook, which is new and reads the journal from the beginning. RECORD: webhook_delivery, written by the relay of webhooks and by the
-- delivery. A row stays for 30 days after its delivery has ended, so that its owner can read the result and send it again.

CREATE TABLE webhook (
    id         TEXT COLLATE "C" PRIMARY KEY,
    account_id TEXT COLLATE "C" NOT NULL,
    -- The kinds of events that it receives.
    kinds      TEXT[]           NOT NULL,
    is_active  BOOLEAN          NOT NULL,
    -- Since when it receives events.
    since      TIMESTAMPTZ      NOT NULL,
    version    BIGINT           NOT NULL
);
CREATE INDEX webhook_account_idx ON webhook (account_id) WHERE is_active;

CREATE TABLE webhook_delivery (
    webhook_id      TEXT COLLATE "C" NOT NULL,
    -- Derived from the event, and sent as webhook-id in each attempt.
    id              TEXT COLLATE "C" NOT NULL,
    account_id      TEXT COLLATE "C" NOT NULL,
    kind            TEXT             NOT NULL,
    -- JSON, as it is signed and sent.
    body            TEXT             NOT NULL,
    -- WAITING, or the result: DELIVERED, FAILED, CANCELLED, DROPPED.
    status          TEXT             NOT NULL DEFAULT 'WAITING',
    attempts        INT              NOT NULL DEFAULT 0,
    -- Of the last attempt. Without a response, failure says why.
    response_status INT,
    failure         TEXT,
    excerpt         TEXT             NOT NULL DEFAULT '',
    created_at      TIMESTAMPTZ      NOT NULL,
    -- When it was added to the queue, for the first or another time: the attempts end three days later.
    queued_at       TIMESTAMPTZ      NOT NULL,
    due_at          TIMESTAMPTZ      NOT NULL,
    claimed_until   TIMESTAMPTZ,
    finished_at     TIMESTAMPTZ,
    -- The sequence number of the event by which its owner has last requested it again.
    requested_by    BIGINT           NOT NULL DEFAULT 0,
    PRIMARY KEY (webhook_id, id)
);
CREATE INDEX webhook_delivery_due_idx ON webhook_delivery (account_id, due_at) WHERE status = 'WAITING';
CREATE INDEX webhook_delivery_finished_idx ON webhook_delivery (finished_at) WHERE finished_at IS NOT NULL;
