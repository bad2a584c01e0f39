-- A rebuild ends after a number of failed attempts. Stops of its node are attempts, but not failures.
ALTER TABLE view_rebuild ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
