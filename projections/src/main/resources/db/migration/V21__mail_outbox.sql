-- Mails, each under an identity that follows from what it tells of, so that none is sent twice.
CREATE TABLE mail_outbox (
    id        TEXT PRIMARY KEY,
    kind      TEXT        NOT NULL,
    recipient TEXT        NOT NULL,
    subject   TEXT        NOT NULL,
    body      TEXT        NOT NULL,
    at        TIMESTAMPTZ NOT NULL
);
CREATE INDEX mail_outbox_recipient ON mail_outbox (recipient, at DESC, id DESC);
