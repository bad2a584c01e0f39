-- Running totals of the ledger, so that the trial balance and the list of accounts do not add up every posting.
-- VIEW: rebuilt from the journal. Written by the view `ledger`, and filled here from the postings.

-- The sums of each ledger account, such as escrow:esc_1.
CREATE TABLE ledger_account (
    account  TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    debits   NUMERIC          NOT NULL,
    credits  NUMERIC          NOT NULL,
    PRIMARY KEY (account, currency)
);

-- The sums of all ledger accounts of a kind, such as escrow.
CREATE TABLE ledger_account_kind (
    kind     TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    debits   NUMERIC          NOT NULL,
    credits  NUMERIC          NOT NULL,
    PRIMARY KEY (kind, currency)
);

-- Nodes of the previous version write postings that the totals do not contain. Nodes of this version add them.
ALTER TABLE ledger_posting ADD COLUMN in_totals BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE ledger_posting ALTER COLUMN in_totals SET DEFAULT false;
CREATE INDEX ledger_posting_not_in_totals_idx ON ledger_posting (account) WHERE NOT in_totals;

INSERT INTO ledger_account
SELECT account, currency, sum(greatest(amount, 0)), -sum(least(amount, 0)) FROM ledger_posting GROUP BY account, currency;
INSERT INTO ledger_account_kind
SELECT split_part(account, ':', 1), currency, sum(debits), sum(credits) FROM ledger_account GROUP BY 1, 2;
