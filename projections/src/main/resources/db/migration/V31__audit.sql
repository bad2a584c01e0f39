-- The auditor: adds up the events of escrows and discrepancies, compares the ledger with the sums, and compares the movements of
-- money with the payment provider's bookings.
-- RECORD: no rebuild empties these tables. audit_entity, audit_total and audit_movement are written by the view `audit`; the auditor
-- marks in them what it has compared.

-- The sums of each escrow and discrepancy, in minor units. An amount that left the platform without an escrow is negative in surplus.
CREATE TABLE audit_entity (
    id              TEXT COLLATE "C" PRIMARY KEY,
    kind            TEXT    NOT NULL,
    freelancer_id   TEXT    NOT NULL,
    currency        TEXT    NOT NULL,
    charged         BIGINT  NOT NULL,
    held            BIGINT  NOT NULL,
    reserved        BIGINT  NOT NULL,
    owed            BIGINT  NOT NULL,
    paid            BIGINT  NOT NULL,
    fees            BIGINT  NOT NULL,
    refunded        BIGINT  NOT NULL,
    surplus         BIGINT  NOT NULL,
    written_off     BIGINT  NOT NULL,
    -- The last event with which the ledger was compared.
    checked_version BIGINT  NOT NULL,
    -- The last event that changed the sums.
    version         BIGINT  NOT NULL
);
CREATE INDEX audit_entity_unchecked_idx ON audit_entity (id) WHERE checked_version < version;

-- Running totals of audit_entity.
CREATE TABLE audit_total (
    currency    TEXT COLLATE "C" PRIMARY KEY,
    charged     NUMERIC NOT NULL,
    held        NUMERIC NOT NULL,
    reserved    NUMERIC NOT NULL,
    owed        NUMERIC NOT NULL,
    paid        NUMERIC NOT NULL,
    fees        NUMERIC NOT NULL,
    refunded    NUMERIC NOT NULL,
    surplus     NUMERIC NOT NULL,
    written_off NUMERIC NOT NULL
);

-- Every movement of money that an event has recorded. subject is the id that the provider stores with the payment.
CREATE TABLE audit_movement (
    movement    TEXT        NOT NULL,
    is_reversal BOOLEAN     NOT NULL,
    reference   TEXT COLLATE "C" NOT NULL,
    subject     TEXT COLLATE "C" NOT NULL,
    amount      BIGINT      NOT NULL,
    currency    TEXT        NOT NULL,
    at          TIMESTAMPTZ NOT NULL,
    -- UNCONFIRMED: not compared yet. CONFIRMED: the provider states the same. DIFFERENT: it does not, which is a discrepancy.
    state       TEXT        NOT NULL,
    PRIMARY KEY (reference, subject, movement, is_reversal)
);
CREATE INDEX audit_movement_unconfirmed_idx ON audit_movement (reference, subject, movement, is_reversal) WHERE state = 'UNCONFIRMED';

-- Events that do not add up, until they are recorded as discrepancies.
CREATE TABLE audit_finding (
    subject     TEXT        NOT NULL,
    what        TEXT        NOT NULL,
    amount      BIGINT      NOT NULL,
    currency    TEXT        NOT NULL,
    found_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    reported_at TIMESTAMPTZ,
    PRIMARY KEY (subject, what, amount, currency)
);
CREATE INDEX audit_finding_unreported_idx ON audit_finding (found_at) WHERE reported_at IS NULL;

-- One row for each comparison with the provider. It continues at its phase and cursor on another node if its node dies.
CREATE TABLE audit_run (
    id           BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- 'schedule' or 'operator'.
    requested_by TEXT        NOT NULL,
    -- The period of the provider's bookings.
    covers_from  TIMESTAMPTZ NOT NULL,
    covers_until TIMESTAMPTZ NOT NULL,
    phase        TEXT        NOT NULL DEFAULT 'LEDGER',
    cursor       TEXT        NOT NULL DEFAULT '',
    entities     BIGINT      NOT NULL DEFAULT 0,
    bookings     BIGINT      NOT NULL DEFAULT 0,
    movements    BIGINT      NOT NULL DEFAULT 0,
    -- Bookings that were recorded late: the provider had moved the money, and no event said so.
    recorded     BIGINT      NOT NULL DEFAULT 0,
    differences  BIGINT      NOT NULL DEFAULT 0,
    failures     BIGINT      NOT NULL DEFAULT 0,
    error        TEXT,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at  TIMESTAMPTZ
);
CREATE UNIQUE INDEX audit_run_one_open_idx ON audit_run ((true)) WHERE finished_at IS NULL;
CREATE INDEX audit_run_period_idx ON audit_run (covers_until);

-- One row: the node that audits.
CREATE TABLE audit_lease (holder TEXT NOT NULL, expires_at TIMESTAMPTZ NOT NULL);
INSERT INTO audit_lease VALUES ('', 'epoch');

-- Discrepancies, open and settled.
-- VIEW: rebuilt from the journal. Written by the view `discrepancies`.
CREATE TABLE discrepancy (
    id                TEXT COLLATE "C" PRIMARY KEY,
    kind              TEXT        NOT NULL,
    movement          TEXT        NOT NULL,
    subject           TEXT        NOT NULL,
    contract_id       TEXT,
    reference         TEXT        NOT NULL,
    amount            BIGINT      NOT NULL,
    currency          TEXT        NOT NULL,
    expected_amount   BIGINT,
    expected_currency TEXT,
    reported_at       TIMESTAMPTZ NOT NULL,
    status            TEXT        NOT NULL,
    settled_at        TIMESTAMPTZ,
    settled_by        TEXT,
    note              TEXT,
    version           BIGINT      NOT NULL
);
CREATE INDEX discrepancy_reported_idx ON discrepancy (reported_at DESC, id DESC);
CREATE INDEX discrepancy_open_idx ON discrepancy (reported_at DESC, id DESC) WHERE status <> 'SETTLED';

-- Sandbox: its bookings are listed by time.
CREATE INDEX balance_entry_platform_idx ON sandbox.balance_entry (at, id) WHERE account = 'platform';
