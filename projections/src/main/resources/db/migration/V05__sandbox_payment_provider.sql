-- The sandbox's own database, in a schema of its own: what a payment provider would store on its side.
-- RECORD: must never be lost. The journal and the ledger are audited against these tables, so no other table refers to them.
-- Written by the sandbox adapter only.
--
-- In every table: an idempotency_key is stored forever, with the fingerprint of its request; subject is the id of our escrow and attempt the
-- number of the attempt for it; asked_by is the address of the node that called; a processing row settles at settles_at.
CREATE SCHEMA sandbox;

-- Charges of cards.
CREATE TABLE sandbox.payment_intent (
    id              TEXT        PRIMARY KEY,
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

-- The payout accounts of freelancers.
CREATE TABLE sandbox.connected_account (
    id              TEXT        PRIMARY KEY,
    idempotency_key TEXT        NOT NULL UNIQUE,
    fingerprint     TEXT        NOT NULL,
    owner           TEXT        NOT NULL,
    country         TEXT        NOT NULL,
    status          TEXT        NOT NULL CHECK (status IN ('pending', 'verified', 'restricted')),
    -- For tests, how transfers to the account are answered: 'late' after the caller's timeout, 'lost' not at all on the first call.
    behaviour       TEXT        NOT NULL DEFAULT 'prompt' CHECK (behaviour IN ('prompt', 'late', 'lost')),
    asked_by        TEXT        NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Payouts. source is the payment intent, destination the connected account.
CREATE TABLE sandbox.transfer (
    id              TEXT        PRIMARY KEY,
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

-- payment is the payment intent.
CREATE TABLE sandbox.refund (
    id              TEXT        PRIMARY KEY,
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

-- The provider's double-entry ledger. The amounts of one movement (a payment intent, transfer or refund) add up to zero.
-- account is 'cards' (the outside world), 'platform' (us) or a connected account.
CREATE TABLE sandbox.balance_entry (
    id       BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    movement TEXT        NOT NULL,
    account  TEXT        NOT NULL,
    amount   BIGINT      NOT NULL,
    currency TEXT        NOT NULL,
    at       TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (movement, account)
);
CREATE INDEX balance_entry_account ON sandbox.balance_entry (account);

-- Webhooks, delivered until we confirm them. due_at is the time of the next attempt.
CREATE TABLE sandbox.webhook_delivery (
    id           BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
