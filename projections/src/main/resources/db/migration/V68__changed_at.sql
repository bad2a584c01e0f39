-- When jobs and invites last changed.
-- VIEW: jobs and invites must be rebuilt; until then, existing rows have the time at which they were created.

ALTER TABLE job ADD COLUMN changed_at TIMESTAMPTZ;
UPDATE job SET changed_at = greatest(posted_at, published_at);
ALTER TABLE job ALTER COLUMN changed_at SET NOT NULL;

ALTER TABLE invite ADD COLUMN changed_at TIMESTAMPTZ;
UPDATE invite SET changed_at = sent_at;
ALTER TABLE invite ALTER COLUMN changed_at SET NOT NULL;
