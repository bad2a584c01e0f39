package io.guildhall.http.route.record;

import io.guildhall.projections.readmodel.record.RecordRow;
import io.guildhall.projections.readmodel.record.RecordScore;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a freelancer has done, counted from contracts and revealed reviews alone.
 *
 * @param activeContracts funded and not completed
 * @param repeatClients with two completed contracts at least
 * @param score by which freelancers are compared, computed from the numbers above and nothing else
 */
public record FreelancerRecord(
        String freelancerId,
        int completedContracts,
        int activeContracts,
        OnTime onTime,
        Marks reviews,
        int repeatClients,
        RecordScore score) {

    /**
     * @param rate submitted for the first time within the milestone's days from its funding, of all submitted, 0 to 1; missing where unknown
     * @param unknown why there is no rate
     */
    public record OnTime(Optional<Double> rate, int inTime, int submitted, Optional<String> unknown) {
        static OnTime of(RecordRow it) {
            return new OnTime(
                    boxed(it.onTimeRate()),
                    it.onTime(),
                    it.submitted(),
                    why(it.submitted(), "No milestone has been submitted yet."));
        }
    }

    /**
     * @param mean of the overall marks, 1 to 5; missing where unknown
     * @param unknown why there is no mean
     */
    public record Marks(int count, Optional<Double> mean, Optional<String> unknown) {
        static Marks of(RecordRow it) {
            return new Marks(
                    it.reviews(),
                    boxed(it.meanRating()),
                    why(it.reviews(), "No review by a client has been revealed yet."));
        }
    }

    static FreelancerRecord of(RecordRow it) {
        return new FreelancerRecord(
                it.freelancerId(),
                it.completed(),
                it.active(),
                OnTime.of(it),
                Marks.of(it),
                it.repeatClients(),
                it.score());
    }

    private static Optional<Double> boxed(OptionalDouble it) {
        return it.stream().boxed().findFirst();
    }

    private static Optional<String> why(int count, String nothing) {
        return Optional.of(nothing).filter(_ -> count == 0);
    }
}
