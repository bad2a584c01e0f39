-- Accounts, a client's jobs and a freelancer's gigs are listed by the time of their creation. Ids do not tell it: those of seeded rows
-- do not begin with a time. Nothing needs to be rebuilt.

CREATE INDEX account_registered_idx ON account (registered_at DESC, id DESC);
DROP INDEX job_client_idx;
CREATE INDEX job_client_idx ON job (client_id, posted_at DESC, id DESC);
DROP INDEX gig_freelancer_idx;
CREATE INDEX gig_freelancer_idx ON gig (freelancer_id, posted_at DESC, id DESC);
