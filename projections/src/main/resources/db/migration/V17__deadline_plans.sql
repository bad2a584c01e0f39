-- A deadline is identified by its kind, its entity and a number instead of a text key, and a plan that is made while the deadline is being
-- handled is a new generation, which the result of the handling does not touch.
-- RECORD: the table deadline must not be lost. Existing rows are kept; the new columns are filled from their keys.

ALTER TABLE deadline
    ADD COLUMN number        INTEGER,
    -- An entity whose change makes the deadline due before its time: the payout account of a transfer, the job of an invite.
    ADD COLUMN group_id      TEXT,
    ADD COLUMN generation    BIGINT NOT NULL DEFAULT 1,
    -- Until then, the node that has claimed the deadline handles it. Equal to due_at unless it was planned again in the meantime.
    ADD COLUMN claimed_until TIMESTAMPTZ;

-- Nodes of the previous version write and read the column key only, as kind/entity/number, kind/entity, or kind/group/entity/number. This
-- function derives the one from the other, so that both versions handle each other's rows during a rolling upgrade. A later version removes
-- it together with the column key.
CREATE FUNCTION complete_deadline() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.key IS NULL THEN
        NEW.key := concat_ws('/', NEW.kind,
                             CASE WHEN NEW.kind = 'escrow-transfer' THEN NEW.group_id END,
                             NEW.entity_id,
                             CASE WHEN NEW.kind NOT IN ('payout-account-check', 'review-close') THEN NEW.number END);
    ELSIF NEW.number IS NULL THEN
        NEW.number := coalesce(substring(NEW.key FROM '/([0-9]{1,9})$')::integer, 0);
        NEW.group_id := CASE NEW.kind
            WHEN 'escrow-transfer' THEN split_part(NEW.key, '/', 2)
            -- The id of an invite to a job contains the job's; those of the demo marketplace contain more than one hyphen.
            WHEN 'invite-expire' THEN coalesce('job_' || substring(NEW.entity_id FROM '^inv_([0-9a-z]+)-[0-9a-z]+$'),
                                               (SELECT job_id FROM invite WHERE id = NEW.entity_id))
        END;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER complete_deadline BEFORE INSERT OR UPDATE OF key ON deadline
    FOR EACH ROW EXECUTE FUNCTION complete_deadline();

-- Calls the trigger.
UPDATE deadline SET key = key;

ALTER TABLE deadline ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX deadline_id_idx ON deadline (kind, entity_id, number);
CREATE INDEX deadline_group_idx ON deadline (kind, group_id) WHERE group_id IS NOT NULL;
CREATE INDEX deadline_kind_due_idx ON deadline (kind, due_at);
DROP INDEX deadline_due_idx;
