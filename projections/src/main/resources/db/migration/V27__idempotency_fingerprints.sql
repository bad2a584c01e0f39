-- The fingerprint of a request with an idempotency key is an HMAC under the secret, and keys belong to accounts only. Before, it was a plain
-- hash, also of bodies with a password, which can be guessed from it.
-- The rows of registrations are deleted: repeating one has no second effect, since an address has one account. The other rows keep their
-- responses; an empty fingerprint means that it is not compared. Nodes of the previous version write plain hashes until they stop; they are
-- deleted after 24 hours, like every row.
DELETE FROM idempotency WHERE owner = 'anonymous';
UPDATE idempotency SET fingerprint = '';
