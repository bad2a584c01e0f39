package io.guildhall.projections.readmodel.search;

import java.util.List;
import java.util.concurrent.CompletionStage;

public interface Freelancers {
    /** Those of these people who can be found as freelancers, in no order. */
    CompletionStage<List<FreelancerRow>> listed(List<String> ids);
}
