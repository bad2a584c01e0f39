-- The proposals that wait for a decision, and their number for each job.
-- RECORD, written by the process proposal-reception. It starts at the first event, so both tables are filled after the upgrade.
CREATE TABLE waiting_proposal (
    proposal_id TEXT COLLATE "C" PRIMARY KEY,
    job_id      TEXT COLLATE "C" NOT NULL,
    -- WAITING, REFUSED (too many were waiting) or DECIDED (accepted, declined or withdrawn).
    standing    TEXT             NOT NULL,
    -- The proposal's event that the row includes: an older one changes nothing.
    sequence    BIGINT           NOT NULL
);
CREATE INDEX waiting_proposal_job_idx ON waiting_proposal (job_id, proposal_id) WHERE standing = 'WAITING';

CREATE TABLE waiting_proposal_count (
    job_id  TEXT COLLATE "C" PRIMARY KEY,
    waiting INTEGER NOT NULL,
    -- Increased by each change, so that a job can ignore an older number.
    version BIGINT  NOT NULL
);
