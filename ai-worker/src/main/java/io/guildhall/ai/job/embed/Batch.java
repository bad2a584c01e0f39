package io.guildhall.ai.job.embed;

import java.util.List;

/** Documents to be read, by their ids alone: a node that reads looks their texts up as they stand by then. Travels between nodes as CBOR. */
record Batch(List<String> ids) {
    /** As many as a model is asked for at once, so that a query has not to wait long. */
    static final int SIZE = 16;

    public Batch {
        ids = List.copyOf(ids);
    }
}
