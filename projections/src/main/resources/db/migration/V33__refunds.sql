-- Refund requests, silence periods and settlements of milestones, in the table that the view `contracts` writes.
-- VIEW: existing rows are correct without a rebuild; milestones that were funded before have their time from business records.

ALTER TABLE contract_milestone
    ADD COLUMN funded_at          TIMESTAMPTZ,
    -- The open refund request.
    ADD COLUMN request_number     INTEGER,
    ADD COLUMN request_by         TEXT,
    ADD COLUMN request_amount     BIGINT,
    ADD COLUMN request_reason     TEXT,
    ADD COLUMN request_at         TIMESTAMPTZ,
    -- The running silence period, and when silence counts as consent.
    ADD COLUMN silence_kind       TEXT,
    ADD COLUMN silence_ends_at    TIMESTAMPTZ,
    -- The decided refund or split.
    ADD COLUMN settlement_method  TEXT,
    ADD COLUMN settlement_by      TEXT,
    ADD COLUMN settlement_reason  TEXT,
    ADD COLUMN settlement_refund  BIGINT,
    ADD COLUMN settlement_release BIGINT;

UPDATE contract_milestone milestone
   SET funded_at = record.funded_at
  FROM record_milestone record
 WHERE record.contract_id = milestone.contract_id AND record.number = milestone.number;

-- Milestones whose money is held, for admins.
CREATE INDEX contract_milestone_held_idx ON contract_milestone (funded_at, contract_id, number)
    WHERE status IN ('FUNDED', 'SUBMITTED', 'CHANGES_REQUESTED') AND funded_at IS NOT NULL;
