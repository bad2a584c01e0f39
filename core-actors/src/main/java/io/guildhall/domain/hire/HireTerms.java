package io.guildhall.domain.hire;

import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.kernel.Money;
import java.util.List;

/**
 * The freelancer and the terms of the contract, as the accepted revision of the proposal or the accepted invite has them.
 *
 * @param milestones at least one; the sum of their amounts equals the price
 */
public record HireTerms(String freelancerId, Money price, List<MilestoneTerms> milestones) {
    public HireTerms {
        milestones = List.copyOf(milestones);
    }
}
