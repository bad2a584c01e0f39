package io.guildhall.http.route.market;

import io.guildhall.projections.readmodel.market.MarketAnalysis;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the market that an open job is on: all that names one of its skills at least, the job among it.
 *
 * @param skills of the job, as they are called
 * @param market missing where the job names no skill
 * @param unknown why there is nothing
 */
public record JobAnalysis(
        String jobId, List<String> skills, Optional<MarketAnalysis> market, Optional<String> unknown) {
    static JobAnalysis without(String jobId) {
        return new JobAnalysis(
                jobId,
                List.of(),
                Optional.empty(),
                Optional.of("The job names no skill by which others could be found."));
    }
}
