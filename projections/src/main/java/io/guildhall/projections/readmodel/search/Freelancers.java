package io.guildhall.projections.readmodel.search;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads freelancers for lists. */
public interface Freelancers {
    /** Returns those of these accounts that are listed as freelancers, in no order. */
    CompletionStage<List<FreelancerRow>> listed(List<String> ids);
}
