package io.guildhall.domain.proposal;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.util.List;

/**
 * The terms of a proposal.
 *
 * @param deliveryDays from the first funding to the last delivery; at least the days of all milestones together
 * @param milestones at least one; the sum of their amounts equals the price
 * @param links to the freelancer's earlier work
 */
public record Terms(
        @Personal String coverLetter,
        Money price,
        int deliveryDays,
        List<MilestoneTerms> milestones,
        @Personal List<String> links) {

    /** @param days for the work, from the funding of the milestone */
    public record MilestoneTerms(@Personal String title, Money amount, int days) {
        /** Whether the amounts of milestones add up to a price. */
        public static boolean addUpTo(Money price, List<MilestoneTerms> milestones) {
            return price.isSumOf(milestones.stream().map(MilestoneTerms::amount).toList());
        }

        /** Whether milestones fit into a number of days, one after the other. */
        public static boolean fitInto(int days, List<MilestoneTerms> milestones) {
            return milestones.stream().mapToLong(MilestoneTerms::days).sum() <= days;
        }
    }

    public Terms {
        milestones = List.copyOf(milestones);
        links = List.copyOf(links);
    }

    boolean milestonesAddUp() {
        return MilestoneTerms.addUpTo(price, milestones);
    }

    boolean milestonesFit() {
        return MilestoneTerms.fitInto(deliveryDays, milestones);
    }
}
