package io.guildhall.projections.readmodel.market;

import io.guildhall.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Demand, supply, prices and trend of a skill, computed from a sample. A figure that cannot be computed from the sample
 * is missing, and the field {@code reason} next to it says why.
 */
public record MarketAnalysis(Sample sample, Demand demand, Supply supply, RelatedSkills relatedSkills, Trend trend) {
    /** The smallest number of values from which quantiles, shares and changes are computed. */
    public static final int MIN_COUNT = 5;

    /** The newest published jobs, listed freelancers and listed gigs that name the skill. */
    public record Sample(SamplePart jobs, SamplePart freelancers, SamplePart gigs) {
        public boolean hasNoData() {
            return jobs.count + freelancers.count + gigs.count == 0;
        }
    }

    /**
     * @param complete whether the sample contains everything that names the skill
     * @param oldestAt time at which the oldest was published or listed
     * @param newestAt time at which the newest was published or listed
     */
    public record SamplePart(int count, boolean complete, Optional<Instant> oldestAt, Optional<Instant> newestAt) {}

    /**
     * @param posted number of jobs that require the skill
     * @param open number of these jobs that are open now
     * @param fixedBudgets means of minimum and maximum budget, of jobs with a fixed price
     * @param hourlyBudgets the same, of jobs that pay by the hour
     * @param openJobsPerFreelancer open jobs divided by the users who offer the skill
     */
    public record Demand(
            int posted,
            int open,
            List<Quantiles> fixedBudgets,
            List<Quantiles> hourlyBudgets,
            Optional<Double> openJobsPerFreelancer,
            Optional<String> reason) {}

    /**
     * @param users number of users who offer the skill, in a profile or a gig
     * @param hourlyRates rates in profiles
     * @param gigPrices price of each gig's cheapest package
     */
    public record Supply(
            int freelancers, int gigs, int users, List<Quantiles> hourlyRates, List<Quantiles> gigPrices) {}

    /**
     * Quantiles of the amounts in one currency.
     *
     * @param count number of amounts
     */
    public record Quantiles(String currency, int count, Optional<QuantileValues> points, Optional<String> reason) {}

    /** In minor units. Each is one of the amounts: no interpolation. */
    public record QuantileValues(long p10, long p25, long p50, long p75, long p90) {}

    /**
     * Skills that are named together with the analysed one, most frequent first.
     *
     * @param required required by the same jobs
     * @param offered offered by the same users
     * @param gaps required by at least three of the jobs, and offered by a share of the users that is less than half
     *     the share of the jobs
     */
    public record RelatedSkills(
            List<SkillShare> required, List<SkillShare> offered, List<SkillGap> gaps, Optional<String> reason) {}

    /** @param share of the jobs or users, 0 to 1 */
    public record SkillShare(String skill, int count, double share) {}

    /** A skill that is required more often than it is offered. */
    public record SkillGap(String skill, int jobs, double requiredShare, int users, double offeredShare) {}

    /**
     * @param weeks oldest first
     * @param change of the number of jobs, from the earlier half of the completed weeks to the later half: 0.5 is an
     *     increase by half
     */
    public record Trend(List<TrendWeek> weeks, Optional<Double> change, Optional<String> reason) {}

    /**
     * A week from Monday to Sunday, in UTC. Numbers are missing if the sample does not contain the whole week.
     *
     * @param completed false for the current week, whose numbers still grow
     * @param jobs published in this week
     * @param freelancers who were listed in this week and still are
     * @param gigs that were listed in this week and still are
     * @param medianBudgets of jobs with a fixed price, in each currency with at least five of them
     */
    public record TrendWeek(
            LocalDate from,
            boolean completed,
            OptionalInt jobs,
            OptionalInt freelancers,
            OptionalInt gigs,
            List<Money> medianBudgets) {}
}
