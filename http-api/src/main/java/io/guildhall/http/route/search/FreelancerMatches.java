package io.guildhall.http.route.search;

import io.guildhall.port.Skills.Coverage;
import io.guildhall.projections.readmodel.record.RecordScore;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import io.guildhall.projections.readmodel.search.MatchScore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The freelancers who suit a job, the best first.
 *
 * @param next the cursor of the following page; missing on the last
 */
public record FreelancerMatches(List<Item> items, Optional<String> next) {
    /**
     * @param score 0 to 1: 80 % meaning and 20 % record, of this job and this freelancer alone
     * @param meaning what it gives of the score
     * @param record what it gives of the score, part by part
     * @param skills those that the job asks for: which the freelancer names, nearly names and does not
     * @param moves what would raise the score, the most first
     */
    public record Item(
            FreelancerRow freelancer,
            double score,
            Meaning meaning,
            Record record,
            Coverage skills,
            List<Move> moves) {}

    /** @param similarity of the two texts' meanings, -1 to 1 */
    public record Meaning(double similarity, double gives) {}

    public record Record(double gives, double delivery, double availability, double reviews, boolean isKnown) {}

    /** @param by at most */
    public record Move(String code, String what, double by) {}

    static Item item(FreelancerRow freelancer, MatchScore score, Coverage skills) {
        var record = score.record();
        return new Item(
                freelancer,
                score.total(),
                new Meaning(score.similarity(), MatchScore.MEANING_WEIGHT * score.meaning()),
                new Record(
                        MatchScore.RECORD_WEIGHT * record.total(),
                        of(record.delivery()),
                        of(record.availability()),
                        of(record.reviews()),
                        record.delivery().isKnown() || record.reviews().isKnown()),
                skills,
                moves(score, skills));
    }

    private static double of(RecordScore.Part part) {
        return MatchScore.RECORD_WEIGHT * part.gives();
    }

    private static List<Move> moves(MatchScore score, Coverage skills) {
        var record = score.record();
        var profile = skills.missing().isEmpty()
                ? "A profile that speaks of just such work."
                : "Experience with " + String.join(", ", skills.missing()) + ", said in the profile.";
        return Stream.of(
                        new Move("profile", profile, MatchScore.MEANING_WEIGHT * (1 - score.meaning())),
                        new Move("delivery", "Milestones delivered on time.", left(record.delivery())),
                        new Move("availability", "Fewer contracts at the same time.", left(record.availability())),
                        new Move("reviews", "More reviews, and better ones.", left(record.reviews())))
                .filter(it -> it.by() > 0)
                .sorted(Comparator.comparingDouble(Move::by).reversed())
                .toList();
    }

    private static double left(RecordScore.Part part) {
        return MatchScore.RECORD_WEIGHT * part.weight() * (1 - part.value());
    }
}
