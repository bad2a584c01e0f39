-- What needs an operator: calls that the payment provider refused at every attempt, and discrepancies that nothing settles.
-- VIEW: rebuilt from the journal. Written by the view `operator-tasks`.

CREATE TABLE operator_task (
    -- Of the escrow or the discrepancy.
    id          TEXT COLLATE "C" PRIMARY KEY,
    kind        TEXT        NOT NULL,
    contract_id TEXT,
    amount      BIGINT      NOT NULL,
    currency    TEXT        NOT NULL,
    detail      TEXT        NOT NULL,
    attempts    INTEGER     NOT NULL,
    since       TIMESTAMPTZ NOT NULL,
    -- A task that is done keeps its row, so that an older event cannot open it again.
    is_open     BOOLEAN     NOT NULL,
    version     BIGINT      NOT NULL
);
CREATE INDEX operator_task_open_idx ON operator_task (since DESC, id DESC) WHERE is_open;
