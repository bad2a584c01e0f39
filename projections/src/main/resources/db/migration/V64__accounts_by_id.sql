-- Accounts are found by their id, no longer by the hash of their e-mail address. A database whose journal has accounts of an earlier version
-- is refused before this migration runs, so nothing is converted.

ALTER TABLE account DROP COLUMN address;
