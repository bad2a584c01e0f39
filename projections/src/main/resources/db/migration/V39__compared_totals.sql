-- When the auditor last compared the running totals of the ledger with its sums. It does so only while both have handled the same events
-- and none of their entities is parked. Empty until the first comparison.
-- Record: written by the auditor.
ALTER TABLE audit_lease ADD COLUMN totals_compared_at TIMESTAMPTZ;
