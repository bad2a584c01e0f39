-- The sandbox payment provider's own books. Nothing of ours refers to them: they are what our ledger and journal are compared with.
-- asked_by: the address of the node whose call this was. A key is kept for ever, with the fingerprint of what was asked under it.
CREATE SCHEMA sandbox;

CREATE TABLE sandbox.payment_intent (
    id              TEXT PRIMARY KEY,
    idempotency_key TEXT        NOT NULL UNIQUE,
    fingerprint     TEXT        NOT NULL,
    subject         TEXT        NOT NULL,
    attempt         INT         NOT NULL,
    amount          BIGINT      NOT NULL CHECK (amount > 0),
    currency        TEXT        NOT NULL,
    payment_method  TEXT        NOT NULL,
    status          TEXT        NOT NULL CHECK (status IN ('processing', 'requires_action', 'succeeded', 'failed', 'canceled')),
    error_code      TEXT,
    client_secret   TEXT        NOT NULL,
    asked_by        TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    settles_at      TIMESTAMPTZ,
    settled_at      TIMESTAMPTZ
);
CREATE INDEX payment_intent_subject ON sandbox.payment_intent (subject);
CREATE INDEX payment_intent_processing ON sandbox.payment_intent (settles_at) WHERE status = 'processing';

CREATE TABLE sandbox.connected_account (
    id              TEXT PRIMARY KEY,
    idempotency_key TEXT        NOT NULL UNIQUE,
    fingerprint     TEXT        NOT NULL,
    owner           TEXT        NOT NULL,
    country         TEXT        NOT NULL,
    status          TEXT        NOT NULL CHECK (status IN ('pending', 'verified', 'restricted')),
    -- How transfers to it behave, for tests: 'late' answers after the caller's time-out, 'lost' never answers the first time.
    behaviour       TEXT        NOT NULL DEFAULT 'prompt' CHECK (behaviour IN ('prompt', 'late', 'lost')),
    asked_by        TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE sandbox.transfer (
    id              TEXT PRIMARY KEY,
    idempotency_key TEXT        NOT NULL UNIQUE,
    fingerprint     TEXT        NOT NULL,
    subject         TEXT        NOT NULL,
    attempt         INT         NOT NULL,
    source          TEXT        NOT NULL,
    destination     TEXT        NOT NULL,
    amount          BIGINT      NOT NULL CHECK (amount > 0),
    currency        TEXT        NOT NULL,
    status          TEXT        NOT NULL CHECK (status IN ('processing', 'paid', 'failed')),
    error_code      TEXT,
    asked_by        TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    settles_at      TIMESTAMPTZ,
    settled_at      TIMESTAMPTZ
);
CREATE INDEX transfer_subject ON sandbox.transfer (subject);
CREATE INDEX transfer_source ON sandbox.transfer (source);
CREATE INDEX transfer_processing ON sandbox.transfer (settles_at) WHERE status = 'processing';

CREATE TABLE sandbox.refund (
    id              TEXT PRIMARY KEY,
    idempotency_key TEXT        NOT NULL UNIQUE,
    fingerprint     TEXT        NOT NULL,
    subject         TEXT        NOT NULL,
    attempt         INT         NOT NULL,
    payment         TEXT        NOT NULL,
    amount          BIGINT      NOT NULL CHECK (amount > 0),
    currency        TEXT        NOT NULL,
    status          TEXT        NOT NULL CHECK (status IN ('succeeded', 'failed')),
    error_code      TEXT,
    asked_by        TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX refund_payment ON sandbox.refund (payment);

-- The provider's double entry: the amounts of one movement (an intent, transfer or refund) add up to nothing.
-- Accounts: 'cards' (the outside world), 'platform' (us), or a connected account.
CREATE TABLE sandbox.balance_entry (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    movement TEXT        NOT NULL,
    account  TEXT        NOT NULL,
    amount   BIGINT      NOT NULL,
    currency TEXT        NOT NULL,
    at       TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (movement, account)
);
CREATE INDEX balance_entry_account ON sandbox.balance_entry (account);

CREATE TABLE sandbox.webhook_delivery (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     TEXT        NOT NULL,
    type         TEXT        NOT NULL,
    body         TEXT        NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    due_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
    attempts     INT         NOT NULL DEFAULT 0,
    delivered_at TIMESTAMPTZ,
    last_error   TEXT
);
CREATE INDEX webhook_delivery_due ON sandbox.webhook_delivery (due_at) WHERE delivered_at IS NULL;
