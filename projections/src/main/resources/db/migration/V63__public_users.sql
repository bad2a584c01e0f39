-- The name, handle and picture of each user, which every list and page shows where it names a user.
-- VIEW: public-users, which is new and reads the journal from the beginning. It replaces the tables account_handle of the
-- view account-details and account_picture of the view account-pictures, which no longer exists.

CREATE TABLE public_user (
    account_id TEXT COLLATE "C" PRIMARY KEY,
    name       TEXT   NOT NULL,
    handle     TEXT   NOT NULL,
    -- The key of the file.
    picture    TEXT,
    version    BIGINT NOT NULL
);
CREATE INDEX public_user_handle_prefix_idx ON public_user (handle text_pattern_ops);

DROP TABLE account_handle;
DROP TABLE account_picture;
