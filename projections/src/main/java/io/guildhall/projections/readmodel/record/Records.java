package io.guildhall.projections.readmodel.record;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The business records of freelancers. */
public interface Records {
    /** Returns a row for each id, in this order; all counts are zero for a freelancer without contracts. */
    CompletionStage<List<RecordRow>> of(List<String> freelancerIds);
}
