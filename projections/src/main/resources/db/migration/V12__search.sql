-- The search index: documents with their filter columns, and the embeddings of the documents.
CREATE EXTENSION IF NOT EXISTS vector;

-- VIEW: search_document and search_person are rebuilt from the journal. Written by the view `search`.

-- One row for each job, gig and freelancer profile, listed or not.
CREATE TABLE search_document (
    id            TEXT COLLATE "C" PRIMARY KEY,
    kind          TEXT        NOT NULL CHECK (kind IN ('JOB', 'GIG', 'FREELANCER')),
    owner_id      TEXT        NOT NULL,
    title         TEXT        NOT NULL,
    -- The text to embed. A document is embedded again when the hash has changed.
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
    availability  TEXT,
    -- Whether the job or gig is open, whatever its owner's status. Not used for freelancers, who are listed once their profile has a text.
    offered       BOOLEAN     NOT NULL DEFAULT false,
    -- Whether a search can find it now: it is offered and its owner is not suspended.
    listed        BOOLEAN     NOT NULL,
    listed_at     TIMESTAMPTZ,
    -- Sequence number of the last event in the row.
    version       BIGINT      NOT NULL
);
CREATE INDEX search_document_words_idx ON search_document USING gin (words) WHERE listed;
CREATE INDEX search_document_skills_idx ON search_document USING gin (skill_keys) WHERE listed;
CREATE INDEX search_document_category_idx ON search_document (kind, category_key) WHERE listed;
CREATE INDEX search_document_latest_idx ON search_document (kind, listed_at DESC, id DESC) WHERE listed;
CREATE INDEX search_document_owner_idx ON search_document (owner_id);

-- The owners of documents: the events of a profile do not contain the roles or a suspension, which are the account's.
CREATE TABLE search_person (
    account_id    TEXT COLLATE "C" PRIMARY KEY,
    is_freelancer BOOLEAN NOT NULL,
    is_suspended  BOOLEAN NOT NULL,
    version       BIGINT  NOT NULL
);

-- DERIVED: the schema embedding can be computed again from search_document and a model (`./guildhall reindex`), but that takes long. It is
-- not emptied when the view is rebuilt. Written by the nodes that compute embeddings; the view `search` adds to
-- the backlog and deletes the vectors of documents that are no longer listed.
CREATE SCHEMA embedding;

-- The model that was complete last is the one that searches use. complete_at is set when every document has a vector of the model.
CREATE TABLE embedding.model (
    name          TEXT        PRIMARY KEY,
    registered_at TIMESTAMPTZ NOT NULL,
    complete_at   TIMESTAMPTZ
);

-- Documents to embed, and since when they have been waiting.
CREATE TABLE embedding.backlog (
    id    TEXT COLLATE "C" PRIMARY KEY,
    since TIMESTAMPTZ NOT NULL
);
CREATE INDEX backlog_since_idx ON embedding.backlog (since);

-- Vectors of listed documents. They have length one, so that the inner product is the similarity.
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
