package io.guildhall.http.route;

import io.guildhall.kernel.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A price that a user sets.
 *
 * @param amount in minor units, from 1 up to one million major units
 */
public record Price(
        @Min(1) @Max(100_000_000) long amount,
        @NotNull @Pattern(regexp = "USD|EUR|GBP|CHF") String currency) {
    public static Price from(Money money) {
        return new Price(money.amount(), money.currency());
    }

    public Money money() {
        return new Money(amount, currency);
    }
}
