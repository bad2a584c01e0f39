package io.guildhall.domain.proposal;

import io.guildhall.kernel.Money;
import java.util.List;

/**
 * What a freelancer offers.
 *
 * @param milestones at least one; their amounts add up to the price
 */
public record Terms(
        String coverLetter, Money price, int deliveryDays, List<MilestoneTerms> milestones, List<String> links) {

    public record MilestoneTerms(String title, Money amount, int days) {}

    public Terms {
        milestones = List.copyOf(milestones);
        links = List.copyOf(links);
    }

    boolean addUp() {
        return price.isMadeOf(milestones.stream().map(MilestoneTerms::amount).toList());
    }
}
