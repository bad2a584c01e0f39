package io.guildhall.domain.proposal;

import io.guildhall.kernel.Money;
import java.util.List;

/**
 * The terms of a proposal.
 *
 * @param deliveryDays from the first funding to the last delivery
 * @param milestones at least one; the sum of their amounts equals the price
 * @param links to the freelancer's earlier work
 */
public record Terms(
        String coverLetter, Money price, int deliveryDays, List<MilestoneTerms> milestones, List<String> links) {

    public record MilestoneTerms(String title, Money amount, int days) {}

    public Terms {
        milestones = List.copyOf(milestones);
        links = List.copyOf(links);
    }

    boolean milestonesAddUp() {
        return price.isSumOf(milestones.stream().map(MilestoneTerms::amount).toList());
    }
}
