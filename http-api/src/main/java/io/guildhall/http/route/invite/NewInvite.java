package io.guildhall.http.route.invite;

import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.route.Price;
import io.guildhall.http.route.proposal.ProposalTerms;
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
 * What a client offers a freelancer; the milestones add up to the price.
 *
 * @param expiresInDays 1 to 30; a week where nothing is said
 */
public record NewInvite(
        @NotNull @Pattern(regexp = "acc_[0-9a-z-]{1,60}") String freelancerId,
        @NotBlank @Size(max = 5_000) String message,
        @NotNull @Valid Price price,
        @Min(1) @Max(365) int deliveryDays,
        @NotEmpty @Size(max = 20) List<ProposalTerms.@NotNull @Valid Step> milestones,
        @Min(1) @Max(30) Integer expiresInDays) {
    static final int DAYS = 7;

    Offer offer() {
        var parts = milestones.stream()
                .map(it -> new MilestoneTerms(it.title(), it.amount().money(), it.days()))
                .toList();
        return new Offer(message, price.money(), deliveryDays, parts);
    }

    int days() {
        return Optional.ofNullable(expiresInDays).orElse(DAYS);
    }
}
