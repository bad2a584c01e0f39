-- The queue of e-mails, and the HTML of those in the outbox.
-- RECORD: must not be lost, since it cannot be computed from the journal. Written by the processes that send mails and by the delivery.
-- The id derives from the event that the mail reports, so that a repeated send adds no second row. A row stays when its mail is sent or given
-- up, without its address and content: a process that reads its events again must not send the mail again.

CREATE TABLE mail_queue (
    id            TEXT        PRIMARY KEY,
    -- Names the mail in its Message-ID and return path.
    mail_key      TEXT        NOT NULL UNIQUE,
    kind          TEXT        NOT NULL,
    account_id    TEXT        NOT NULL,
    -- The hash of the address, which is the id of its entity.
    address_id    TEXT        NOT NULL,
    recipient     TEXT,
    subject       TEXT,
    body          TEXT,
    html          TEXT,
    unsubscribe   TEXT,
    -- WAITING, or the final result: SENT, REFUSED, BOUNCED, GIVEN_UP, STOPPED, ADDRESS_REFUSES, OVER_LIMIT.
    status        TEXT        NOT NULL DEFAULT 'WAITING',
    -- Of the last attempt, or of the final result; empty if there is none.
    reason        TEXT        NOT NULL DEFAULT '',
    attempts      INT         NOT NULL DEFAULT 0,
    queued_at     TIMESTAMPTZ NOT NULL,
    due_at        TIMESTAMPTZ NOT NULL,
    claimed_until TIMESTAMPTZ,
    finished_at   TIMESTAMPTZ
);
CREATE INDEX mail_queue_due_idx ON mail_queue (due_at) WHERE status = 'WAITING';
-- For the limits of each recipient.
CREATE INDEX mail_queue_sent_idx ON mail_queue (address_id, finished_at) WHERE status = 'SENT';
-- For the list of what was sent to a user and why.
CREATE INDEX mail_queue_account_idx ON mail_queue (account_id, queued_at);

ALTER TABLE mail_outbox ADD COLUMN html TEXT NOT NULL DEFAULT '';
ALTER TABLE mail_outbox ADD COLUMN unsubscribe TEXT;
CREATE INDEX mail_outbox_newest ON mail_outbox (at DESC, id DESC);
