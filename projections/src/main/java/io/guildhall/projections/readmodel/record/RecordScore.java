package io.guildhall.projections.readmodel.record;

/**
 * The score of a business record, 0 to 1: {@code 0.4 × delivery + 0.2 × availability + 0.4 × reviews}. It is computed
 * from the record only, so readers of the record can verify it.
 *
 * <p>Delivery and reviews start at a neutral value, and each milestone and review moves them away from it:
 *
 * <ul>
 *   <li>delivery = (on time + {@value #PRIOR_MILESTONES} × {@value #NEUTRAL_DELIVERY}) / (submitted + {@value #PRIOR_MILESTONES})
 *   <li>rating = (stars + {@value #PRIOR_REVIEWS} × {@value #NEUTRAL_RATING}) / (reviews + {@value #PRIOR_REVIEWS}), a Bayesian mean, 1 to 5;
 *       reviews = (rating − 1) / 4. One review of 5 gives a rating of 3.75, forty of 4.8 on average 4.66
 *   <li>availability = the unused share of a capacity of {@value #CAPACITY} active contracts; it is always known
 * </ul>
 *
 * @param total 0 to 1
 * @param rating the Bayesian mean of the overall ratings, 1 to 5
 */
public record RecordScore(double total, ScorePart delivery, ScorePart availability, ScorePart reviews, double rating) {
    /** The weight of the neutral delivery, in milestones. */
    public static final int PRIOR_MILESTONES = 4;

    public static final double NEUTRAL_DELIVERY = 0.75;
    /** The weight of the neutral rating, in reviews. */
    public static final int PRIOR_REVIEWS = 5;

    public static final double NEUTRAL_RATING = 3.5;
    /** The number of active contracts that leave a freelancer no time for another. */
    public static final int CAPACITY = 5;

    /**
     * @param value 0 to 1
     * @param weight in the total; the weights add up to 1
     * @param contribution value × weight; the contributions add up to the total
     * @param known false if the value is the neutral one because nothing is known
     */
    public record ScorePart(double value, double weight, double contribution, boolean known) {
        private static ScorePart of(double value, double weight, boolean known) {
            return new ScorePart(value, weight, value * weight, known);
        }
    }

    static RecordScore from(RecordRow it) {
        double onTime = (it.onTime() + PRIOR_MILESTONES * NEUTRAL_DELIVERY) / (it.submitted() + PRIOR_MILESTONES);
        double rating = (it.stars() + PRIOR_REVIEWS * NEUTRAL_RATING) / (it.reviews() + PRIOR_REVIEWS);
        double free = (double) Math.max(0, CAPACITY - it.active()) / CAPACITY;
        var delivery = ScorePart.of(onTime, 0.4, it.submitted() > 0);
        var availability = ScorePart.of(free, 0.2, true);
        var reviews = ScorePart.of((rating - 1) / 4, 0.4, it.reviews() > 0);
        return new RecordScore(
                delivery.contribution() + availability.contribution() + reviews.contribution(),
                delivery,
                availability,
                reviews,
                rating);
    }
}
