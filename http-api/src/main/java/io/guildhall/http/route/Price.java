package io.guildhall.http.route;

import io.guildhall.kernel.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** An amount that somebody names, in minor units: at least one, at most a million of the major unit. */
public record Price(
        @Min(1) @Max(100_000_000) long amount,
        @NotNull @Pattern(regexp = "USD|EUR|GBP|CHF") String currency) {
    public Money money() {
        return new Money(amount, currency);
    }
}
