package io.guildhall.http.route.proposal;

import io.guildhall.domain.proposal.Terms;
import io.guildhall.http.route.Price;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What a freelancer offers; the milestones add up to the price. */
public record ProposalTerms(
        @NotBlank @Size(max = 5_000) String coverLetter,
        @NotNull @Valid Price price,
        @Min(1) @Max(365) int deliveryDays,
        @NotEmpty @Size(max = 20) List<@NotNull @Valid Step> milestones,
        @NotNull @Size(max = 10) List<@NotNull @Size(max = 300) @Pattern(regexp = "https?://\\S+") String> links) {

    /** A part of the work that is paid for by itself. */
    public record Step(
            @NotBlank @Size(max = 120) String title,
            @NotNull @Valid Price amount,
            @Min(1) @Max(365) int days) {}

    Terms terms() {
        return new Terms(
                coverLetter,
                price.money(),
                deliveryDays,
                milestones.stream()
                        .map(it ->
                                new Terms.MilestoneTerms(it.title(), it.amount().money(), it.days()))
                        .toList(),
                links);
    }
}
