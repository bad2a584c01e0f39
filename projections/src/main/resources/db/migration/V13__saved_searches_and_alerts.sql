-- Saved searches, and the progress of their alerts.

-- VIEW: saved_search is rebuilt from the journal. Written by the view `saved-searches`.
-- A removed search keeps its row, without its text, so that older events which are read again do not restore it.
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
    -- When it was saved or last changed. Documents that were listed earlier cause no alert.
    since         TIMESTAMPTZ NOT NULL,
    -- Sequence number of the last event in the row.
    version       BIGINT      NOT NULL
);
CREATE INDEX saved_search_alerting_idx ON saved_search (kind, category_key) WHERE alerts;

-- RECORD: the schema alert must not be lost, and is not emptied when a view is rebuilt: it says which documents and searches have already
-- been matched. Without it alerts would be missed. Written by the nodes that compute alerts; the view `saved-searches` adds
-- new searches, and the nodes that compute embeddings add new documents.
CREATE SCHEMA alert;

-- Saved searches as a model has embedded them.
CREATE TABLE alert.search (
    id        TEXT COLLATE "C" PRIMARY KEY,
    since     TIMESTAMPTZ NOT NULL,
    -- Empty until the search has been embedded. The embedding stays null where there is no text or the model cannot embed it.
    model     TEXT        NOT NULL DEFAULT '',
    embedding vector(384),
    -- Not yet matched with the documents that were listed since it was saved.
    is_fresh  BOOLEAN     NOT NULL DEFAULT true
);
CREATE INDEX search_unread_idx ON alert.search (since) WHERE model = '';
CREATE INDEX search_fresh_idx ON alert.search (since) WHERE is_fresh;

-- The required skills of a search, each with its aliases.
CREATE TABLE alert.search_skill (
    search_id TEXT COLLATE "C" NOT NULL REFERENCES alert.search (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    spellings TEXT[]  NOT NULL,
    PRIMARY KEY (search_id, number)
);

-- Every document that has been listed and embedded once: a document is new only once. waits: its matches have not been notified yet.
CREATE TABLE alert.document (
    id        TEXT COLLATE "C" PRIMARY KEY,
    kind      TEXT        NOT NULL,
    listed_at TIMESTAMPTZ NOT NULL,
    waits     BOOLEAN     NOT NULL
);
CREATE INDEX document_waits_idx ON alert.document (listed_at) WHERE waits;
CREATE INDEX document_listed_idx ON alert.document (listed_at);
