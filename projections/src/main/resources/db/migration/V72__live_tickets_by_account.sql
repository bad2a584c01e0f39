-- A ticket names the account only: the hash of its e-mail address is not needed to find it.

ALTER TABLE live_ticket DROP COLUMN address;
