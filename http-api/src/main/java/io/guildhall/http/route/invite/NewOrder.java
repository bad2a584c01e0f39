package io.guildhall.http.route.invite;

import io.guildhall.domain.gig.GigPackage.Tier;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * A package that a client orders; its price and days are the gig's.
 *
 * @param revision of the gig that the client has seen: another is not ordered unseen
 * @param message what it is for
 * @param expiresInDays 1 to 30; a week where nothing is said
 */
public record NewOrder(
        @NotNull Tier tier,
        @Min(1) long revision,
        @NotBlank @Size(max = 5_000) String message,
        @Min(1) @Max(30) Integer expiresInDays) {
    int days() {
        return Optional.ofNullable(expiresInDays).orElse(NewInvite.DAYS);
    }
}
