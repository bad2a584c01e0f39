-- The backlog is read in turns of the owners of its documents, and documents whose text a model refuses are set aside.
-- DERIVED, as the rest of the schema embedding. Nodes of the previous version add rows without an owner, which come first.

ALTER TABLE embedding.backlog
    ADD COLUMN owner_id TEXT    NOT NULL DEFAULT '',
    -- How many documents of the owner were waiting when this one was added, at most 1000.
    ADD COLUMN turn     INTEGER NOT NULL DEFAULT 0;

UPDATE embedding.backlog b SET owner_id = waiting.owner_id, turn = waiting.turn
  FROM (SELECT id, d.owner_id, least(row_number() OVER (PARTITION BY d.owner_id ORDER BY since DESC) - 1, 1000) AS turn
          FROM embedding.backlog JOIN search_document d USING (id)) waiting
 WHERE b.id = waiting.id;

CREATE INDEX backlog_turn_idx ON embedding.backlog (turn, since DESC);
CREATE INDEX backlog_owner_idx ON embedding.backlog (owner_id);

-- Documents whose text a model has refused. Written by the nodes that compute embeddings; the view `search` deletes the rows of documents
-- that are no longer listed.
CREATE TABLE embedding.parked (
    id       TEXT COLLATE "C" NOT NULL,
    model    TEXT        NOT NULL,
    attempts INTEGER     NOT NULL,
    next_at  TIMESTAMPTZ NOT NULL,
    reason   TEXT        NOT NULL,
    PRIMARY KEY (id, model)
);
CREATE INDEX parked_next_idx ON embedding.parked (model, next_at);
