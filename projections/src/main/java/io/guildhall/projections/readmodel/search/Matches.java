package io.guildhall.projections.readmodel.search;

import io.guildhall.projections.readmodel.Page;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who suits a job. */
public interface Matches {
    record Match(String freelancerId, MatchScore score) {}

    /**
     * The best first, down to those {@value #MAX_MATCHES} whose meaning is nearest.
     *
     * @return nothing where the job is not listed, or its meaning has not been read yet
     */
    CompletionStage<Optional<Page<Match>>> forJob(String jobId, Page.Request page);

    int MAX_MATCHES = 100;
}
