package io.guildhall.http.route.proposal;

import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.route.Price;
import io.guildhall.http.text.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * A milestone of a proposal or invite.
 *
 * @param days for the work, from the funding of the milestone
 */
public record MilestoneFields(
        @NotBlank @SingleLine(max = 120) String title,
        @NotNull @Valid Price amount,
        @Min(1) @Max(365) int days) {

    public MilestoneTerms terms() {
        return new MilestoneTerms(title, amount.money(), days);
    }
}
