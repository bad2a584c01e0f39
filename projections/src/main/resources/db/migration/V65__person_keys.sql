-- RECORD: person_key. The key of the personal data of each account in the journal and in snapshots, encrypted under a master key of the
-- configuration. A row is never deleted: one without a key says that the key was destroyed, so that the account never gets another one.

CREATE TABLE person_key (
    account_id   TEXT COLLATE "C" PRIMARY KEY,
    wrapped_key  BYTEA,
    -- The fingerprint of the master key that has encrypted it.
    master_key   TEXT COLLATE "C",
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    destroyed_at TIMESTAMPTZ,
    CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL)),
    CHECK ((wrapped_key IS NULL) = (master_key IS NULL))
);

-- For nodes that query which keys were destroyed lately.
CREATE INDEX person_key_destroyed_idx ON person_key (destroyed_at) WHERE destroyed_at IS NOT NULL;
-- For keys that another master key has encrypted.
CREATE INDEX person_key_master_idx ON person_key (master_key);
