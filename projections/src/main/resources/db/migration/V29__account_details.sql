-- What admins search accounts by, and every suspension with its end.
-- VIEW: rebuilt from the journal. Written by the view `account-details`, which reads all events when it runs for the first time.

CREATE TABLE account_handle (
    account_id TEXT COLLATE "C" PRIMARY KEY,
    handle     TEXT NOT NULL
);
CREATE INDEX account_handle_prefix_idx ON account_handle (handle text_pattern_ops);

CREATE TABLE account_suspension (
    account_id   TEXT COLLATE "C" NOT NULL,
    -- Sequence number of the suspension among the events of the account.
    number       BIGINT           NOT NULL,
    reason       TEXT             NOT NULL,
    -- The admin's account.
    by_id        TEXT             NOT NULL,
    suspended_at TIMESTAMPTZ      NOT NULL,
    lifted_by    TEXT,
    lifted_at    TIMESTAMPTZ,
    PRIMARY KEY (account_id, number)
);

CREATE INDEX account_email_prefix_idx ON account (email text_pattern_ops);
CREATE INDEX account_name_prefix_idx ON account (lower(name) text_pattern_ops);
