package io.guildhall.http.route.market;

import io.guildhall.projections.readmodel.market.MarketAnalysis;
import java.util.List;
import java.util.Optional;

/**
 * The market of an open job: everything that names at least one of its skills, including the job.
 *
 * @param skills of the job, by their canonical names if they are known
 * @param market absent if the job names no skill
 * @param reason why there is no analysis
 */
public record JobAnalysis(String jobId, List<String> skills, Optional<MarketAnalysis> market, Optional<String> reason) {
    static JobAnalysis of(String jobId, List<String> skills, MarketAnalysis market) {
        return new JobAnalysis(jobId, skills, Optional.of(market), Optional.empty());
    }

    static JobAnalysis withoutSkills(String jobId) {
        return new JobAnalysis(jobId, List.of(), Optional.empty(), Optional.of("The job names no skills."));
    }
}
