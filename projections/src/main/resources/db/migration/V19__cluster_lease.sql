-- Which cluster uses the database: a record with a row for each running node, written by the node. Rows of nodes that have died
-- expire. A node of another cluster does not start while there is one.

CREATE TABLE cluster_lease (
    -- The node's address with the number of its incarnation, as the other nodes of its cluster know it.
    node       TEXT        PRIMARY KEY,
    -- All nodes of its cluster, in the same form.
    members    TEXT[]      NOT NULL,
    since      TIMESTAMPTZ NOT NULL DEFAULT now(),
    expires_at TIMESTAMPTZ NOT NULL
);
