package io.guildhall.http.route.proposal;

import io.guildhall.domain.proposal.Terms;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.route.Price;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.http.text.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The content of a proposal, as it is submitted and revised. A revision replaces all fields.
 *
 * @param milestones their amounts must add up to the price
 */
public record ProposalFields(
        @NotBlank @Paragraphs(max = 5_000) String coverLetter,
        @NotNull @Valid Price price,
        @Min(1) @Max(365) int deliveryDays,
        @NotEmpty @Size(max = 20) List<@NotNull @Valid MilestoneFields> milestones,

        @NotNull @Size(max = 10)
        List<@NotNull @PlainText(max = 300) @Pattern(regexp = Formats.WEB_ADDRESS) String> links) {

    public Terms terms() {
        return new Terms(
                coverLetter,
                price.money(),
                deliveryDays,
                milestones.stream().map(MilestoneFields::terms).toList(),
                links);
    }
}
