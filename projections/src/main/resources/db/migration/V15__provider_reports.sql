-- What the sandbox states about its payments and accounts: when the status of an account last changed, and charges that succeed after
-- they were declined. In the ledger, entries of discrepancies, whose id is in escrow_id: no table changes for them.

ALTER TABLE sandbox.connected_account ADD COLUMN changed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp();

DROP INDEX sandbox.payment_intent_processing;
CREATE INDEX payment_intent_settling ON sandbox.payment_intent (settles_at) WHERE status IN ('processing', 'failed');
