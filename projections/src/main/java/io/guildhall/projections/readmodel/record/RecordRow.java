package io.guildhall.projections.readmodel.record;

import java.util.OptionalDouble;

/**
 * A freelancer's business record, counted from contracts and revealed reviews alone.
 *
 * @param completed contracts whose every milestone was paid
 * @param active contracts that are funded and not completed: those that take the freelancer's time now
 * @param submitted milestones that were submitted at least once
 * @param onTime of these, so many for the first time within the milestone's days, of 24 hours each, counted from the instant of its funding.
 *     Being sent back afterwards is a matter of quality, not of time
 * @param reviews of clients, as far as they are revealed
 * @param stars the sum of their overall marks, 1 to 5 each
 * @param repeatClients with two completed contracts at least
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

    /** Part of the submitted milestones, 0 to 1; nothing where none was submitted. */
    public OptionalDouble onTimeRate() {
        return submitted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) onTime / submitted);
    }

    /** Of the overall marks, 1 to 5; nothing where there is no review. */
    public OptionalDouble meanRating() {
        return reviews == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) stars / reviews);
    }

    public RecordScore score() {
        return RecordScore.of(this);
    }
}
