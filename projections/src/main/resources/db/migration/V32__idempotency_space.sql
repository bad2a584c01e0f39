-- Each row of idempotency is written twice, first with the claim of the key and then with the response. With space left on its page the
-- second write does not touch the indexes. Applies to pages that are written from now on.
ALTER TABLE idempotency SET (fillfactor = 45);
