package io.guildhall.http.route.search;

import io.guildhall.port.Skills.Coverage;
import io.guildhall.projections.readmodel.record.RecordScore.ScorePart;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.MatchScore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Freelancers who match a job, best match first.
 *
 * @param next the cursor of the next page; absent on the last page
 */
public record FreelancerMatches(List<FreelancerMatch> items, Optional<String> next) {
    /**
     * @param score 0 to 1: 80% meaning and 20% business record, computed from this job and this freelancer only
     * @param meaning the part of the score that comes from the two texts
     * @param record the part of the score that comes from the business record
     * @param skills which of the job's skills the freelancer has, nearly has and lacks
     * @param improvements what would raise the score, largest gain first
     */
    public record FreelancerMatch(
            FreelancerResource freelancer,
            double score,
            MeaningContribution meaning,
            RecordContribution record,
            Coverage skills,
            List<Improvement> improvements) {}

    /**
     * @param similarity of the meanings of profile and job, -1 to 1
     * @param contribution to the score
     */
    public record MeaningContribution(double similarity, double contribution) {}

    /**
     * @param contribution to the score: the sum of delivery, availability and reviews
     * @param known whether the freelancer has delivered work or reviews; otherwise neutral values count
     */
    public record RecordContribution(
            double contribution, double delivery, double availability, double reviews, boolean known) {}

    /** @param maxGain the most that it can add to the score */
    public record Improvement(String code, String description, double maxGain) {}

    static FreelancerMatch item(FreelancerRow freelancer, MatchScore score, Coverage skills) {
        var record = score.record();
        return new FreelancerMatch(
                FreelancerResource.fromRow(freelancer),
                score.total(),
                new MeaningContribution(score.similarity(), MatchScore.MEANING_WEIGHT * score.meaning()),
                new RecordContribution(
                        MatchScore.RECORD_WEIGHT * record.total(),
                        contribution(record.delivery()),
                        contribution(record.availability()),
                        contribution(record.reviews()),
                        record.delivery().known() || record.reviews().known()),
                skills,
                improvements(score, skills));
    }

    private static double contribution(ScorePart part) {
        return MatchScore.RECORD_WEIGHT * part.contribution();
    }

    private static List<Improvement> improvements(MatchScore score, Coverage skills) {
        var record = score.record();
        var profile = skills.missing().isEmpty()
                ? "Describe work of this kind in the profile."
                : "Describe experience with " + String.join(", ", skills.missing()) + " in the profile.";
        return Stream.of(
                        new Improvement("profile", profile, MatchScore.MEANING_WEIGHT * (1 - score.meaning())),
                        new Improvement("delivery", "Deliver milestones on time.", maxGain(record.delivery())),
                        new Improvement("availability", "Have fewer active contracts.", maxGain(record.availability())),
                        new Improvement("reviews", "Get more and better reviews.", maxGain(record.reviews())))
                .filter(it -> it.maxGain() > 0)
                .sorted(Comparator.comparingDouble(Improvement::maxGain).reversed())
                .toList();
    }

    private static double maxGain(ScorePart part) {
        return MatchScore.RECORD_WEIGHT * part.weight() * (1 - part.value());
    }
}
