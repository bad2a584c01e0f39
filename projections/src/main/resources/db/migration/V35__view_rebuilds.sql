-- Rebuilds of views. A view is rebuilt in tables of its own, in the schema rebuild_<view>, while its tables serve and follow the journal;
-- then they are exchanged in one transaction.
-- RECORD, for the time of a rebuild: without its row, a rebuild ends, and its schema is left until the next rebuild of the view.

-- The running or last rebuild of each view. Written by operators, and by the node that runs the rebuild.
CREATE TABLE view_rebuild (
    view           TEXT        PRIMARY KEY,
    -- WAITING: for a node. REPLAYING: events are read into the new tables. SWAPPING: the tables are being exchanged. FINISHING: they are
    -- exchanged; what depends on them is being updated. DONE, FAILED, STOPPED: it has ended.
    phase          TEXT        NOT NULL,
    events_done    BIGINT      NOT NULL DEFAULT 0,
    events_total   BIGINT      NOT NULL DEFAULT 0,
    requested_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    -- When the current attempt started. Another node starts the next one if the node that runs it is lost.
    started_at     TIMESTAMPTZ,
    attempts       INTEGER     NOT NULL DEFAULT 0,
    -- Until then, only the node that has started the attempt may continue it.
    claimed_until  TIMESTAMPTZ NOT NULL DEFAULT '-infinity',
    stop_requested BOOLEAN     NOT NULL DEFAULT false,
    failure        TEXT
);
