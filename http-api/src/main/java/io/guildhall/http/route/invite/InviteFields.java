package io.guildhall.http.route.invite;

import io.guildhall.domain.invite.Offer;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.route.Price;
import io.guildhall.http.route.proposal.MilestoneFields;
import io.guildhall.http.text.Paragraphs;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/**
 * An invite to a job, as it is sent.
 *
 * @param milestones their amounts must add up to the price
 * @param expiresInDays optional, 7 by default
 */
public record InviteFields(
        @NotNull @Pattern(regexp = Formats.ACCOUNT_ID) String freelancerId,

        @NotBlank @Paragraphs(max = 5_000) String message,
        @NotNull @Valid Price price,
        @Min(1) @Max(365) int deliveryDays,
        @NotEmpty @Size(max = 20) List<@NotNull @Valid MilestoneFields> milestones,
        Optional<@Min(1) @Max(30) Integer> expiresInDays) {

    public Offer offer() {
        return new Offer(
                message,
                price.money(),
                deliveryDays,
                milestones.stream().map(MilestoneFields::terms).toList());
    }
}
