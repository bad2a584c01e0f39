package io.guildhall.http.route;

import io.guildhall.http.endpoint.NameOf;
import io.guildhall.kernel.Currency;
import io.guildhall.kernel.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * A price that a user sets.
 *
 * @param amount in minor units: cents of USD, EUR, GBP and CHF, whole JPY; at least what can be charged
 */
@Chargeable
public record Price(
        @Min(1) @Max(100_000_000) long amount,
        @NotNull @NameOf(Currency.class) String currency) {
    public static Price from(Money money) {
        return new Price(money.amount(), money.currency());
    }

    public Money money() {
        return new Money(amount, currency);
    }
}
