-- Which of its account's events began a session, so that what ended all before it does not end it when read again.
ALTER TABLE account_session ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account_session ALTER COLUMN number DROP DEFAULT;
-- Sorted as it is compared, whatever the database's own language.
ALTER TABLE account ALTER COLUMN id TYPE TEXT COLLATE "C";
