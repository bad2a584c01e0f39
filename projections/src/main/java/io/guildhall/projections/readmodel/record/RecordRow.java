package io.guildhall.projections.readmodel.record;

import java.util.OptionalDouble;

/**
 * A freelancer's business record, counted from contracts and revealed reviews only.
 *
 * @param completed the number of contracts with all milestones paid
 * @param active the number of contracts that are funded and not completed, which take the freelancer's time now
 * @param submitted the number of milestones that were submitted at least once
 * @param onTime the number of these whose first submission was within the milestone's days, of 24 hours each, from its
 *     funding. Changes that the client requests afterwards do not count
 * @param reviews the number of revealed reviews by clients
 * @param stars the sum of their overall ratings, 1 to 5 each
 * @param repeatClients the number of clients with at least two completed contracts
 */
public record RecordRow(
        String freelancerId,
        int completed,
        int active,
        int submitted,
        int onTime,
        int reviews,
        long stars,
        int repeatClients) {

    /** Returns the share of the submitted milestones that were on time, 0 to 1; empty if none was submitted. */
    public OptionalDouble onTimeRate() {
        return submitted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) onTime / submitted);
    }

    /** Returns the mean of the overall ratings, 1 to 5; empty if there is no review. */
    public OptionalDouble meanRating() {
        return reviews == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) stars / reviews);
    }

    public RecordScore score() {
        return RecordScore.from(this);
    }
}
