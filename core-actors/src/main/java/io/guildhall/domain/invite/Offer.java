package io.guildhall.domain.invite;

import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.kernel.Money;
import java.util.List;

/**
 * What a client offers a freelancer.
 *
 * @param milestones at least one; their amounts add up to the price
 */
public record Offer(String message, Money price, int deliveryDays, List<MilestoneTerms> milestones) {
    public Offer {
        milestones = List.copyOf(milestones);
    }

    boolean addsUp() {
        return price.isMadeOf(milestones.stream().map(MilestoneTerms::amount).toList());
    }
}
