-- The application_name of the database sessions of the node that has claimed an idempotency key: they end with the node.
-- A column of the record idempotency.

ALTER TABLE idempotency ADD COLUMN claimed_by TEXT COLLATE "C";
