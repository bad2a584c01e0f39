package io.guildhall.projections.readmodel.record;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What freelancers have done, as contracts and reviews show it. */
public interface Records {
    /** A row for each, in this order; whoever has done nothing yet has a row of nothing. */
    CompletionStage<List<RecordRow>> of(List<String> freelancerIds);
}
