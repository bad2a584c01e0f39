package io.guildhall.projections.readmodel.market;

import io.guildhall.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was found of one skill in a sample of the market. Every figure is of the sample; what the sample does not tell is missing, and
 * {@code unknown} beside it says why.
 */
public record MarketAnalysis(Sample sample, Demand demand, Supply supply, RelatedSkills together, Trend trend) {
    /** With fewer, no quantile, share or change says anything. */
    public static final int MIN_COUNT = 5;

    /** What was read: the latest of each kind that name the skill. Jobs that were published, freelancers and gigs that are listed now. */
    public record Sample(SamplePart jobs, SamplePart freelancers, SamplePart gigs) {
        public boolean hasNoData() {
            return jobs.count + freelancers.count + gigs.count == 0;
        }
    }

    /**
     * @param isAll whether there are no more than these
     * @param from when the earliest was published or listed
     * @param to when the latest was
     */
    public record SamplePart(int count, boolean isAll, Optional<Instant> from, Optional<Instant> to) {}

    /**
     * @param posted jobs that ask for it
     * @param open of these, so many are open now
     * @param fixedBudgets the middles of the budgets of jobs with a fixed price
     * @param hourlyBudgets the same of jobs paid by the hour
     * @param openJobsPerFreelancer open jobs for each who offers it
     */
    public record Demand(
            int posted,
            int open,
            List<Quantiles> fixedBudgets,
            List<Quantiles> hourlyBudgets,
            Optional<Double> openJobsPerFreelancer,
            Optional<String> unknown) {}

    /**
     * @param people who offer it, by a profile or a gig
     * @param hourlyRates that profiles state
     * @param gigPrices of each gig's cheapest package
     */
    public record Supply(
            int freelancers, int gigs, int people, List<Quantiles> hourlyRates, List<Quantiles> gigPrices) {}

    /**
     * Of the amounts in one currency.
     *
     * @param of so many amounts
     */
    public record Quantiles(String currency, int of, Optional<Points> points, Optional<String> unknown) {}

    /** In minor units; each is an amount that somebody named. */
    public record Points(long p10, long p25, long p50, long p75, long p90) {}

    /**
     * Other skills beside it, the most frequent first.
     *
     * @param asked by the same jobs
     * @param offered by the same people
     * @param gaps asked together with it by three jobs at least, and offered by a share of the people that is less than half the jobs' share
     */
    public record RelatedSkills(List<Share> asked, List<Share> offered, List<Gap> gaps, Optional<String> unknown) {}

    /** @param share of the jobs or people, 0 to 1 */
    public record Share(String skill, int count, double share) {}

    /** The widest first. */
    public record Gap(String skill, int jobs, double askedShare, int people, double offeredShare) {}

    /**
     * @param weeks the earliest first
     * @param change of the jobs posted, from the earlier half of the weeks that are over to the later half: 0.5 is half as many again
     */
    public record Trend(List<Week> weeks, Optional<Double> change, Optional<String> unknown) {}

    /**
     * From a Monday to the next, in UTC. A number is missing where the sample does not reach back to the week's beginning.
     *
     * @param isOver false for the running week, whose numbers still grow
     * @param jobs published
     * @param freelancers who came into the list, and are in it still
     * @param gigs that came into the list, and are in it still
     * @param medianBudgets of jobs with a fixed price, in each currency that five at least are paid in
     */
    public record Week(
            LocalDate from,
            boolean isOver,
            OptionalInt jobs,
            OptionalInt freelancers,
            OptionalInt gigs,
            List<Money> medianBudgets) {}
}
