package io.guildhall.domain.invite;

import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.util.List;

/**
 * The terms that a client offers to a freelancer.
 *
 * @param deliveryDays from the first funding to the last delivery; at least the days of all milestones together
 * @param milestones at least one; the sum of their amounts equals the price
 */
public record Offer(
        @Personal(of = "clientId") String message, Money price, int deliveryDays, List<MilestoneTerms> milestones) {
    public Offer {
        milestones = List.copyOf(milestones);
    }

    boolean milestonesAddUp() {
        return MilestoneTerms.addUpTo(price, milestones);
    }

    boolean milestonesFit() {
        return MilestoneTerms.fitInto(deliveryDays, milestones);
    }
}
