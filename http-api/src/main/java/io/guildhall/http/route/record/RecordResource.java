package io.guildhall.http.route.record;

import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.record.RecordRow;
import io.guildhall.projections.readmodel.record.RecordScore;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A freelancer's business record, computed from contracts and revealed reviews only.
 *
 * @param activeContracts funded and not completed
 * @param repeatClients the number of clients with at least two completed contracts
 * @param score for comparing freelancers, computed from the numbers above only
 */
public record RecordResource(
        UserResource freelancer,
        int completedContracts,
        int activeContracts,
        OnTime onTime,
        ReviewSummary reviews,
        int repeatClients,
        RecordScore score) {

    /**
     * @param rate the share of the submitted milestones whose first submission was within their days from the funding,
     *     0 to 1
     * @param reason why there is no rate
     */
    public record OnTime(Optional<Double> rate, int inTime, int submitted, Optional<String> reason) {
        static OnTime of(RecordRow row) {
            return new OnTime(
                    boxed(row.onTimeRate()),
                    row.onTime(),
                    row.submitted(),
                    reasonUnless(row.submitted(), "No milestone has been submitted yet."));
        }
    }

    /**
     * @param mean of the overall ratings, 1 to 5
     * @param reason why there is no mean
     */
    public record ReviewSummary(int count, Optional<Double> mean, Optional<String> reason) {
        static ReviewSummary of(RecordRow row) {
            return new ReviewSummary(
                    row.reviews(),
                    boxed(row.meanRating()),
                    reasonUnless(row.reviews(), "No review by a client has been revealed yet."));
        }
    }

    static RecordResource of(RecordRow row) {
        return new RecordResource(
                UserResource.of(row.freelancerId()),
                row.completed(),
                row.active(),
                OnTime.of(row),
                ReviewSummary.of(row),
                row.repeatClients(),
                row.score());
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.stream().boxed().findFirst();
    }

    private static Optional<String> reasonUnless(int count, String reason) {
        return Optional.of(reason).filter(_ -> count == 0);
    }
}
