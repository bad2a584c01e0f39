-- Which notifications each account wants; the entries of its list, which group equal notifications; what was decided about each notification on
-- each channel, and why.
-- VIEW: notification_preference, written by the view `notification-preferences`, which is new and reads the journal from the beginning.
-- RECORD: all others. A rebuild does not write them: what was decided once is not decided again.

CREATE TABLE notification_preference (
    account_id    TEXT COLLATE "C" PRIMARY KEY,
    -- As the event in the journal has them.
    settings      JSONB  NOT NULL,
    -- The keys of the kinds of mail that are not wanted.
    stopped_mails TEXT[] NOT NULL,
    version       BIGINT NOT NULL
);

-- Written by the view `notifications`, by the delivery and by the HTTP edge, which marks entries as read.
CREATE TABLE notification_entry (
    -- The id of its first notification.
    id         TEXT COLLATE "C" PRIMARY KEY,
    account_id TEXT COLLATE "C" NOT NULL,
    kind       TEXT             NOT NULL,
    -- What its notifications have in common, such as a job. While an entry is unread, equal notifications join it.
    topic      TEXT COLLATE "C" NOT NULL,
    -- The number of notifications; of messages, if it is about messages.
    count      BIGINT           NOT NULL,
    -- Title, detail, links and time of the newest one.
    title      TEXT,
    detail     TEXT             NOT NULL,
    links      JSONB            NOT NULL,
    at         TIMESTAMPTZ      NOT NULL,
    newest_id  TEXT COLLATE "C" NOT NULL,
    read_at    TIMESTAMPTZ
);
CREATE UNIQUE INDEX notification_entry_topic_idx ON notification_entry (account_id, kind, topic) WHERE read_at IS NULL;
CREATE INDEX notification_entry_newest_idx ON notification_entry (account_id, newest_id DESC);

-- Written by the view `notifications`, by the process `notice-mail` and by the delivery.
CREATE TABLE notification_delivery (
    notification_id TEXT COLLATE "C" NOT NULL,
    -- IN_APP or EMAIL.
    channel         TEXT             NOT NULL,
    account_id      TEXT COLLATE "C" NOT NULL,
    kind            TEXT             NOT NULL,
    title           TEXT,
    detail          TEXT             NOT NULL,
    links           JSONB            NOT NULL,
    at              TIMESTAMPTZ      NOT NULL,
    -- The event of the journal that caused it: kind and id of the entity, and the event's sequence number.
    entity_kind     TEXT             NOT NULL,
    entity_id       TEXT COLLATE "C" NOT NULL,
    sequence        BIGINT           NOT NULL,
    -- AT_ONCE, DAILY, WEEKLY or NEVER.
    frequency       TEXT             NOT NULL,
    -- When a waiting one is due; empty if it is done.
    due_at          TIMESTAMPTZ,
    attempts        INT              NOT NULL DEFAULT 0,
    -- Of a message: its room, the number of the newest message, and how many there are.
    room_id         TEXT COLLATE "C",
    last_number     BIGINT,
    messages        BIGINT,
    -- The entry of the list that includes it.
    entry_id        TEXT COLLATE "C",
    -- The e-mail that contains it.
    mail_id         TEXT,
    PRIMARY KEY (notification_id, channel)
);
CREATE INDEX notification_delivery_due_idx ON notification_delivery (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notification_delivery_waiting_idx ON notification_delivery (account_id, channel, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notification_delivery_mail_idx ON notification_delivery (mail_id) WHERE mail_id IS NOT NULL;
CREATE INDEX notification_delivery_entry_idx ON notification_delivery (entry_id, notification_id DESC) WHERE entry_id IS NOT NULL;
CREATE INDEX notification_delivery_room_idx ON notification_delivery (account_id, room_id, last_number DESC) WHERE room_id IS NOT NULL;

CREATE TABLE notification_trace (
    number          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notification_id TEXT COLLATE "C" NOT NULL,
    channel         TEXT             NOT NULL,
    account_id      TEXT COLLATE "C" NOT NULL,
    entity_kind     TEXT             NOT NULL,
    entity_id       TEXT COLLATE "C" NOT NULL,
    sequence        BIGINT           NOT NULL,
    reason          TEXT             NOT NULL,
    detail          TEXT             NOT NULL,
    at              TIMESTAMPTZ      NOT NULL
);
CREATE INDEX notification_trace_notification_idx ON notification_trace (notification_id, number);
CREATE INDEX notification_trace_account_idx ON notification_trace (account_id, number);
CREATE INDEX notification_trace_event_idx ON notification_trace (entity_kind, entity_id, sequence, number);

-- Rooms with new messages, of which their members are notified if they do not read them. Written by the view `notifications`.
CREATE TABLE message_wait (
    room_id     TEXT COLLATE "C" PRIMARY KEY,
    -- Of the newest message: its number, and the sequence number of its event.
    last_number BIGINT      NOT NULL,
    sequence    BIGINT      NOT NULL,
    due_at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX message_wait_due_idx ON message_wait (due_at);

-- The existing notifications count as read.
INSERT INTO notification_entry (id, account_id, kind, topic, count, title, detail, links, at, newest_id, read_at)
SELECT id, account_id, kind, id, 1, title, detail, links, at, id, now() FROM notification;
INSERT INTO notification_delivery (notification_id, channel, account_id, kind, title, detail, links, at, entity_kind, entity_id, sequence, frequency, entry_id)
SELECT id, 'IN_APP', account_id, kind, title, detail, links, at, '', '', 0, 'AT_ONCE', id FROM notification;
