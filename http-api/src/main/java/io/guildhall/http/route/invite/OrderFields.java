package io.guildhall.http.route.invite;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.http.text.Paragraphs;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * An order of a package. Price and delivery days are those of the package.
 *
 * @param revision the revision of the gig that the client has read; an order of another revision is rejected
 * @param message describes the work
 * @param expiresInDays optional, 7 by default
 */
public record OrderFields(
        @NotNull Tier tier,
        @Min(1) long revision,
        @NotBlank @Paragraphs(max = 5_000) String message,
        Optional<@Min(1) @Max(30) Integer> expiresInDays) {}
