-- The double-entry ledger of all money movements.
-- VIEW: rebuilt from the journal. Written by the view `ledger`.

-- One event of an escrow (escrow_id, sequence) makes one entry of several postings. Debits are positive, credits negative, in minor units.
CREATE TABLE ledger_posting (
    escrow_id   TEXT COLLATE "C" NOT NULL,
    sequence    BIGINT           NOT NULL,
    line        INTEGER          NOT NULL,
    contract_id TEXT             NOT NULL,
    milestone   INTEGER          NOT NULL,
    what        TEXT             NOT NULL,
    -- provider-cash, escrow:<escrow id>, payable:<freelancer id> or revenue:fees.
    account     TEXT COLLATE "C" NOT NULL,
    amount      BIGINT           NOT NULL CHECK (amount <> 0),
    currency    TEXT COLLATE "C" NOT NULL,
    at          TIMESTAMPTZ      NOT NULL,
    PRIMARY KEY (escrow_id, sequence, line)
);
CREATE INDEX ledger_posting_contract_idx ON ledger_posting (contract_id, at, escrow_id, sequence, line);
CREATE INDEX ledger_posting_account_idx ON ledger_posting (account, currency) INCLUDE (amount);

-- Refuses to commit a transaction that leaves an entry out of balance, whoever wrote it.
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
