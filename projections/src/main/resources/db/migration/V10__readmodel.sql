-- What follows from the journal, for lists and pages. Every table here may be emptied and filled again from the first event.
-- Keys that pages go by are compared byte by byte, whatever the database's language.
-- version: the number of the last event of its entity that a row has taken in; what was taken in before changes nothing again.

CREATE TABLE job (
    id           TEXT COLLATE "C" PRIMARY KEY,
    client_id    TEXT        NOT NULL,
    title        TEXT        NOT NULL,
    description  TEXT        NOT NULL,
    category     TEXT        NOT NULL,
    skills       TEXT[]      NOT NULL,
    category_key TEXT        NOT NULL,
    skill_keys   TEXT[]      NOT NULL,
    pay          TEXT        NOT NULL,
    budget_min   BIGINT      NOT NULL,
    budget_max   BIGINT      NOT NULL,
    currency     TEXT        NOT NULL,
    status       TEXT        NOT NULL,
    revision     BIGINT      NOT NULL,
    proposals    INTEGER     NOT NULL,
    contract_id  TEXT,
    posted_at    TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ,
    version      BIGINT      NOT NULL
);
CREATE INDEX job_client_idx ON job (client_id, id DESC);
CREATE INDEX job_open_idx ON job (published_at DESC, id DESC) WHERE status = 'OPEN';
CREATE INDEX job_open_category_idx ON job (category_key, published_at DESC, id DESC) WHERE status = 'OPEN';
CREATE INDEX job_open_skill_idx ON job USING gin (skill_keys) WHERE status = 'OPEN';

CREATE TABLE proposal (
    id                TEXT COLLATE "C" PRIMARY KEY,
    job_id            TEXT        NOT NULL,
    client_id         TEXT        NOT NULL,
    freelancer_id     TEXT        NOT NULL,
    cover_letter      TEXT        NOT NULL,
    price             BIGINT      NOT NULL,
    currency          TEXT        NOT NULL,
    delivery_days     INTEGER     NOT NULL,
    milestone_titles  TEXT[]      NOT NULL,
    milestone_amounts BIGINT[]    NOT NULL,
    milestone_days    INTEGER[]   NOT NULL,
    links             TEXT[]      NOT NULL,
    status            TEXT        NOT NULL,
    seen              BOOLEAN     NOT NULL,
    revision          BIGINT      NOT NULL,
    declined          TEXT,
    contract_id       TEXT,
    submitted_at      TIMESTAMPTZ NOT NULL,
    changed_at        TIMESTAMPTZ NOT NULL,
    version           BIGINT      NOT NULL
);
CREATE INDEX proposal_job_idx ON proposal (job_id, submitted_at DESC, id DESC);
CREATE INDEX proposal_freelancer_idx ON proposal (freelancer_id, submitted_at DESC, id DESC);

CREATE TABLE contract (
    id               TEXT COLLATE "C" PRIMARY KEY,
    job_id           TEXT        NOT NULL,
    proposal_id      TEXT        NOT NULL,
    client_id        TEXT        NOT NULL,
    freelancer_id    TEXT        NOT NULL,
    title            TEXT        NOT NULL,
    price            BIGINT      NOT NULL,
    currency         TEXT        NOT NULL,
    fee_basis_points INTEGER     NOT NULL,
    status           TEXT        NOT NULL,
    drawn_at         TIMESTAMPTZ NOT NULL,
    changed_at       TIMESTAMPTZ NOT NULL,
    version          BIGINT      NOT NULL
);
CREATE INDEX contract_client_idx ON contract (client_id, id DESC);
CREATE INDEX contract_freelancer_idx ON contract (freelancer_id, id DESC);

CREATE TABLE contract_milestone (
    contract_id TEXT COLLATE "C" NOT NULL,
    number      INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    amount      BIGINT  NOT NULL,
    days        INTEGER NOT NULL,
    status      TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    PRIMARY KEY (contract_id, number)
);

-- Each entry holds the hash of the one before it.
CREATE TABLE timeline_entry (
    contract_id TEXT        NOT NULL,
    number      BIGINT      NOT NULL,
    at          TIMESTAMPTZ NOT NULL,
    by_id       TEXT        NOT NULL,
    what        TEXT        NOT NULL,
    milestone   INTEGER,
    title       TEXT        NOT NULL,
    amount      BIGINT,
    currency    TEXT,
    note        TEXT        NOT NULL,
    previous    TEXT        NOT NULL,
    hash        TEXT        NOT NULL,
    PRIMARY KEY (contract_id, number)
);

-- The double-entry ledger. An entry is what one event of an escrow moved; debits are positive, credits negative.
CREATE TABLE ledger_posting (
    escrow_id   TEXT COLLATE "C" NOT NULL,
    sequence    BIGINT           NOT NULL,
    line        INTEGER          NOT NULL,
    contract_id TEXT             NOT NULL,
    milestone   INTEGER          NOT NULL,
    what        TEXT             NOT NULL,
    account     TEXT COLLATE "C" NOT NULL,
    amount      BIGINT           NOT NULL CHECK (amount <> 0),
    currency    TEXT COLLATE "C" NOT NULL,
    at          TIMESTAMPTZ      NOT NULL,
    PRIMARY KEY (escrow_id, sequence, line)
);
CREATE INDEX ledger_posting_contract_idx ON ledger_posting (contract_id, at, escrow_id, sequence, line);
CREATE INDEX ledger_posting_account_idx ON ledger_posting (account, currency) INCLUDE (amount);

-- No transaction commits that leaves an entry out of balance, whoever writes it.
CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry  record;
    uneven record;
BEGIN
    FOR entry IN
        SELECT OLD.escrow_id AS escrow_id, OLD.sequence AS sequence WHERE TG_OP <> 'INSERT'
        UNION
        SELECT NEW.escrow_id, NEW.sequence WHERE TG_OP <> 'DELETE'
    LOOP
        SELECT currency, sum(amount) AS rest INTO uneven
          FROM ledger_posting p
         WHERE p.escrow_id = entry.escrow_id AND p.sequence = entry.sequence
         GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'ledger entry %/% is out of balance by % %', entry.escrow_id, entry.sequence, uneven.rest, uneven.currency
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT OR UPDATE OR DELETE ON ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();

CREATE TABLE message (
    room_id TEXT        NOT NULL,
    number  BIGINT      NOT NULL,
    id      TEXT        NOT NULL,
    by_id   TEXT        NOT NULL,
    text    TEXT        NOT NULL,
    at      TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (room_id, number)
);

CREATE TABLE review (
    id              TEXT COLLATE "C" PRIMARY KEY,
    contract_id     TEXT        NOT NULL,
    title           TEXT        NOT NULL,
    side            TEXT        NOT NULL,
    author_id       TEXT        NOT NULL,
    subject_id      TEXT        NOT NULL,
    status          TEXT        NOT NULL,
    closes_at       TIMESTAMPTZ NOT NULL,
    overall         INTEGER,
    quality         INTEGER,
    communication   INTEGER,
    timeliness      INTEGER,
    professionalism INTEGER,
    text            TEXT,
    written_at      TIMESTAMPTZ,
    revealed_at     TIMESTAMPTZ,
    version         BIGINT      NOT NULL
);
CREATE INDEX review_contract_idx ON review (contract_id);
CREATE INDEX review_revealed_idx ON review (subject_id, revealed_at DESC, id DESC) WHERE status = 'REVEALED';

CREATE TABLE notification (
    id          TEXT COLLATE "C" PRIMARY KEY,
    account_id  TEXT        NOT NULL,
    kind        TEXT        NOT NULL,
    title       TEXT,
    detail      TEXT        NOT NULL,
    job_id      TEXT,
    proposal_id TEXT,
    contract_id TEXT,
    milestone   INTEGER,
    at          TIMESTAMPTZ NOT NULL
);
CREATE INDEX notification_account_idx ON notification (account_id, id DESC);
