-- E-mails when no mail server is configured. They are stored here instead of being sent, and are readable under /dev/outbox.
-- RECORD: must not be lost, since it cannot be computed from the journal.
-- Written by the mailer that replaces SMTP. The id derives from the event that the mail reports, so that a repeated send adds no second row.

CREATE TABLE mail_outbox (
    id        TEXT        PRIMARY KEY,
    kind      TEXT        NOT NULL,
    -- In lower case.
    recipient TEXT        NOT NULL,
    subject   TEXT        NOT NULL,
    body      TEXT        NOT NULL,
    at        TIMESTAMPTZ NOT NULL
);
CREATE INDEX mail_outbox_recipient ON mail_outbox (recipient, at DESC, id DESC);
