-- An operator task about a payout account that the provider does not verify has no amount.
-- VIEW: operator-tasks.

ALTER TABLE operator_task ALTER COLUMN amount DROP NOT NULL;
ALTER TABLE operator_task ALTER COLUMN currency DROP NOT NULL;
