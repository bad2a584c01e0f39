package io.guildhall.projections.readmodel.search;

import io.guildhall.projections.readmodel.Page;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds the best freelancers for a job. */
public interface Matches {
    /** The matches of a job are among the profiles nearest to it by meaning, at most {@value}. */
    int MAX_MATCHES = 100;

    record Match(String freelancerId, MatchScore score) {}

    /**
     * Returns matches of a job, best first. Following pages continue the first one as those of {@link Search#find} do.
     *
     * @return empty if the job is not listed or has not been embedded yet
     */
    CompletionStage<Optional<Page<Match>>> forJob(String jobId, Page.Request page);
}
