-- The searches that people keep, as those who look for matches need them. One that was removed leaves its row, without what it said.
-- since: what was listed before is none of its news.
CREATE TABLE saved_search (
    id            TEXT COLLATE "C" PRIMARY KEY,
    account_id    TEXT        NOT NULL,
    kind          TEXT        NOT NULL,
    text          TEXT        NOT NULL,
    category_key  TEXT,
    skills        TEXT[]      NOT NULL,
    currency      TEXT,
    price_least   BIGINT,
    price_most    BIGINT,
    delivery_days INTEGER,
    alerts        BOOLEAN     NOT NULL,
    since         TIMESTAMPTZ NOT NULL,
    version       BIGINT      NOT NULL
);
CREATE INDEX saved_search_alerting_idx ON saved_search (kind, category_key) WHERE alerts;

-- What became of searches and documents on the way to an alert. Not a view: never emptied with the read model.
CREATE SCHEMA alert;

-- What a model has made of a saved search. model: empty where it is still to be read. is_fresh: not compared yet with what was listed
-- since it was saved.
CREATE TABLE alert.search (
    id        TEXT COLLATE "C" PRIMARY KEY,
    since     TIMESTAMPTZ NOT NULL,
    model     TEXT        NOT NULL DEFAULT '',
    embedding vector(384),
    is_fresh  BOOLEAN     NOT NULL DEFAULT true
);
CREATE INDEX search_unread_idx ON alert.search (since) WHERE model = '';
CREATE INDEX search_fresh_idx ON alert.search (since) WHERE is_fresh;

-- Each wanted skill by all its spellings.
CREATE TABLE alert.search_skill (
    search_id TEXT COLLATE "C" NOT NULL REFERENCES alert.search (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    spellings TEXT[]  NOT NULL,
    PRIMARY KEY (search_id, number)
);

-- Every document that was new once. waits: its matches are not told yet.
CREATE TABLE alert.document (
    id        TEXT COLLATE "C" PRIMARY KEY,
    kind      TEXT        NOT NULL,
    listed_at TIMESTAMPTZ NOT NULL,
    waits     BOOLEAN     NOT NULL
);
CREATE INDEX document_waits_idx ON alert.document (listed_at) WHERE waits;
CREATE INDEX document_listed_idx ON alert.document (listed_at);

-- What is listed already is no news.
INSERT INTO alert.document (id, kind, listed_at, waits) SELECT id, kind, coalesce(listed_at, now()), false FROM search_document WHERE listed;

-- found_id: of the job, gig or freelancer that a saved search has found.
ALTER TABLE notification ADD COLUMN found_id TEXT, ADD COLUMN search_id TEXT;
