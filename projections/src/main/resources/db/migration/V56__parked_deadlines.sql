-- A deadline whose command was rejected at every try is parked: it is due at infinity until an operator has it tried again or drops it.
-- RECORD: the table deadline must not be lost. Nodes of the version before ignore the columns.

ALTER TABLE deadline
    ADD COLUMN parked_at     TIMESTAMPTZ,
    -- The last rejection. The deadline is parked while it is also due at infinity.
    ADD COLUMN parked_reason TEXT;
CREATE INDEX deadline_parked_idx ON deadline (parked_at) WHERE parked_reason IS NOT NULL;
