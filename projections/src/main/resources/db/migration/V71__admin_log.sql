-- What admins and operators have done with accounts, and what their owners have requested: a log to which entries are only added.
-- RECORD: written by the view admin-log from the journal, and not rebuilt.

CREATE TABLE admin_log (
    id         TEXT COLLATE "C" PRIMARY KEY,
    at         TIMESTAMPTZ      NOT NULL,
    account_id TEXT COLLATE "C" NOT NULL,
    action     TEXT             NOT NULL,
    -- The account of the admin or owner, or 'operator'.
    by_id      TEXT COLLATE "C" NOT NULL,
    reason     TEXT
);
CREATE INDEX admin_log_at_idx ON admin_log (at DESC, id DESC);
CREATE INDEX admin_log_account_idx ON admin_log (account_id, at DESC, id DESC);
CREATE INDEX admin_log_by_idx ON admin_log (by_id, at DESC, id DESC);

-- The only change that is allowed removes a reason, which can be personal data, when the account is erased.
CREATE FUNCTION refuse_change_of_admin_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.reason IS NULL
       AND (NEW.id, NEW.at, NEW.account_id, NEW.action, NEW.by_id) = (OLD.id, OLD.at, OLD.account_id, OLD.action, OLD.by_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'entries of the admin log are never changed or deleted' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON admin_log FOR EACH ROW EXECUTE FUNCTION refuse_change_of_admin_log();
CREATE TRIGGER refuse_truncation BEFORE TRUNCATE ON admin_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_admin_log();
