-- One queue of the documents to embed, instead of a backlog and a table of parked documents. Every node with the role `ai` takes documents from
-- it. DERIVED, as the rest of the schema embedding.

CREATE TABLE embedding.queue (
    id       TEXT COLLATE "C" NOT NULL,
    model    TEXT        NOT NULL,
    owner_id TEXT        NOT NULL,
    since    TIMESTAMPTZ NOT NULL,
    -- How many documents of the owner were waiting when this one was added, at most 1000.
    turn     INTEGER     NOT NULL,
    -- How often the model has refused the text. A document that it has refused is parked.
    attempts INTEGER     NOT NULL DEFAULT 0,
    -- No node takes the document before. A node that has taken it moves this forward.
    next_at  TIMESTAMPTZ NOT NULL DEFAULT '-infinity',
    -- Why the model has refused the text.
    reason   TEXT,
    PRIMARY KEY (id, model)
);
CREATE INDEX queue_turn_idx ON embedding.queue (model, turn, since DESC);
CREATE INDEX queue_owner_idx ON embedding.queue (model, owner_id);

INSERT INTO embedding.queue (id, model, owner_id, since, turn)
SELECT b.id, m.name, b.owner_id, b.since, b.turn FROM embedding.backlog b CROSS JOIN embedding.model m;

INSERT INTO embedding.queue (id, model, owner_id, since, turn, attempts, next_at, reason)
SELECT p.id, p.model, d.owner_id, now(), 0, p.attempts, p.next_at, p.reason FROM embedding.parked p JOIN search_document d USING (id)
ON CONFLICT (id, model) DO NOTHING;

-- Nodes of the previous version add documents to the backlog. It and embedding.parked are dropped in the next version.
CREATE FUNCTION embedding.copy_to_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO embedding.queue (id, model, owner_id, since, turn)
    SELECT NEW.id, m.name, NEW.owner_id, NEW.since, NEW.turn FROM embedding.model m
    ON CONFLICT (id, model) DO UPDATE SET attempts = 0, next_at = '-infinity', reason = NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER copy_to_queue AFTER INSERT ON embedding.backlog FOR EACH ROW EXECUTE FUNCTION embedding.copy_to_queue();
