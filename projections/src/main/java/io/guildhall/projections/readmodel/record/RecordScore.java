package io.guildhall.projections.readmodel.record;

/**
 * What a business record is worth, 0 to 1, as {@code 0.4 × delivery + 0.2 × availability + 0.4 × reviews}. It follows from the record alone,
 * and so can be computed again by whoever reads it.
 *
 * <p>Little experience says little, so delivery and reviews are drawn towards a neutral value, which they have where nothing is known:
 *
 * <ul>
 *   <li>delivery = (on time + {@value #PRIOR_MILESTONES} × {@value #NEUTRAL_DELIVERY}) / (submitted + {@value #PRIOR_MILESTONES})
 *   <li>rating = (stars + {@value #PRIOR_REVIEWS} × {@value #NEUTRAL_RATING}) / (reviews + {@value #PRIOR_REVIEWS}), a Bayesian mean, 1 to 5;
 *       reviews = (rating − 1) / 4. One review of 5 gives a rating of 3.75, forty of 4.8 on average 4.66
 *   <li>availability = the free part of {@value #PLACES} places, of which each active contract takes one; it is always known
 * </ul>
 *
 * @param total 0 to 1
 * @param rating the Bayesian mean of the overall marks, 1 to 5
 */
public record RecordScore(double total, Part delivery, Part availability, Part reviews, double rating) {
    /** So many milestones' worth of neutral delivery does everybody begin with. */
    public static final int PRIOR_MILESTONES = 4;

    public static final double NEUTRAL_DELIVERY = 0.75;
    /** So many reviews' worth of a neutral rating does everybody begin with. */
    public static final int PRIOR_REVIEWS = 5;

    public static final double NEUTRAL_RATING = 3.5;
    /** So many contracts at once leave a freelancer no time. */
    public static final int PLACES = 5;

    /**
     * @param value 0 to 1
     * @param weight of it in the total; the weights add up to 1
     * @param gives value × weight: the parts' gives add up to the total
     * @param isKnown false where nothing is known and the value is the neutral one
     */
    public record Part(double value, double weight, double gives, boolean isKnown) {
        private static Part of(double value, double weight, boolean isKnown) {
            return new Part(value, weight, value * weight, isKnown);
        }
    }

    static RecordScore of(RecordRow it) {
        double onTime = (it.onTime() + PRIOR_MILESTONES * NEUTRAL_DELIVERY) / (it.submitted() + PRIOR_MILESTONES);
        double rating = (it.stars() + PRIOR_REVIEWS * NEUTRAL_RATING) / (it.reviews() + PRIOR_REVIEWS);
        double free = (double) Math.max(0, PLACES - it.active()) / PLACES;
        var delivery = Part.of(onTime, 0.4, it.submitted() > 0);
        var availability = Part.of(free, 0.2, true);
        var reviews = Part.of((rating - 1) / 4, 0.4, it.reviews() > 0);
        return new RecordScore(
                delivery.gives() + availability.gives() + reviews.gives(), delivery, availability, reviews, rating);
    }
}
