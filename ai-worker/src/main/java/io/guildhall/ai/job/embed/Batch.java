package io.guildhall.ai.job.embed;

import java.util.List;

/** Ids of documents to embed. The worker reads their current texts. Sent between nodes as CBOR. */
record Batch(List<String> ids) {
    /** Small, so that a query does not wait long behind a batch of documents. */
    static final int MAX_SIZE = 16;

    public Batch {
        ids = List.copyOf(ids);
    }
}
