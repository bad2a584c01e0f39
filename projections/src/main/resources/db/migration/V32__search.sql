CREATE EXTENSION IF NOT EXISTS vector;

-- What can be found: the text that is read for its meaning and its words, and what filters go by. Follows from the journal, like every view.
-- listed: whether anybody may find it now. content_hash: of content, which decides whether it must be read again.
CREATE TABLE search_document (
    id            TEXT COLLATE "C" PRIMARY KEY,
    kind          TEXT        NOT NULL CHECK (kind IN ('JOB', 'GIG', 'FREELANCER')),
    owner_id      TEXT        NOT NULL,
    title         TEXT        NOT NULL,
    content       TEXT        NOT NULL,
    content_hash  TEXT        NOT NULL,
    words         TSVECTOR    NOT NULL,
    category      TEXT        NOT NULL,
    category_key  TEXT        NOT NULL,
    skills        TEXT[]      NOT NULL,
    skill_keys    TEXT[]      NOT NULL,
    currency      TEXT,
    price_min     BIGINT,
    price_max     BIGINT,
    delivery_days INTEGER,
    listed        BOOLEAN     NOT NULL,
    listed_at     TIMESTAMPTZ,
    version       BIGINT      NOT NULL
);
CREATE INDEX search_document_words_idx ON search_document USING gin (words) WHERE listed;
CREATE INDEX search_document_skills_idx ON search_document USING gin (skill_keys) WHERE listed;
CREATE INDEX search_document_category_idx ON search_document (kind, category_key) WHERE listed;
CREATE INDEX search_document_latest_idx ON search_document (kind, listed_at DESC, id DESC) WHERE listed;

-- Who may be found as a freelancer: a profile says nothing of roles, nor of suspension.
CREATE TABLE search_person (
    account_id    TEXT COLLATE "C" PRIMARY KEY,
    is_freelancer BOOLEAN NOT NULL,
    is_suspended  BOOLEAN NOT NULL,
    version       BIGINT  NOT NULL
);

-- What models have made of the documents. Not a view: it follows from search_document and a model, and is never emptied with it.
CREATE SCHEMA embedding;

-- complete_at: when all documents had been read by it once; only then it is searched by.
CREATE TABLE embedding.model (
    name          TEXT PRIMARY KEY,
    registered_at TIMESTAMPTZ NOT NULL,
    complete_at   TIMESTAMPTZ
);

-- Documents that wait to be read. since: for how long.
CREATE TABLE embedding.backlog (
    id    TEXT COLLATE "C" PRIMARY KEY,
    since TIMESTAMPTZ NOT NULL
);
CREATE INDEX backlog_since_idx ON embedding.backlog (since);

-- Of listed documents only, each of length one.
CREATE TABLE embedding.vector (
    kind         TEXT        NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    model        TEXT        NOT NULL,
    content_hash TEXT        NOT NULL,
    embedding    vector(384) NOT NULL,
    PRIMARY KEY (kind, id, model)
) PARTITION BY LIST (kind);
CREATE TABLE embedding.vector_job PARTITION OF embedding.vector FOR VALUES IN ('JOB');
CREATE TABLE embedding.vector_gig PARTITION OF embedding.vector FOR VALUES IN ('GIG');
CREATE TABLE embedding.vector_freelancer PARTITION OF embedding.vector FOR VALUES IN ('FREELANCER');
CREATE INDEX vector_hnsw_idx ON embedding.vector USING hnsw (embedding vector_ip_ops) WITH (m = 16, ef_construction = 64);
