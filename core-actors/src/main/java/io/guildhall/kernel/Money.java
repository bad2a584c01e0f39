package io.guildhall.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * An amount in the minor unit of its currency (cents of a dollar).
 *
 * @param amount minor units, never negative
 * @param currency ISO 4217, three capital letters
 */
public record Money(long amount, String currency) {
    private static final int BASIS_POINTS = 10_000;

    public Money {
        if (amount < 0) throw new IllegalArgumentException("money is never negative: " + amount);
        if (!currency.matches("[A-Z]{3}")) throw new IllegalArgumentException("not an ISO 4217 currency: " + currency);
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /** The amount for people, with the decimals of its currency: {@code 12.34 EUR}, {@code 1234 JPY}. */
    public String text() {
        return decimal(amount, currency) + " " + currency;
    }

    /**
     * Returns an amount in the major unit of its currency, such as {@code 12.34} for 1234 cents. A currency that this
     * JVM does not know has no decimals.
     *
     * @param amount minor units, also negative
     */
    public static String decimal(long amount, String currency) {
        int digits = java.util.Currency.getAvailableCurrencies().stream()
                .filter(it -> it.getCurrencyCode().equals(currency))
                .mapToInt(java.util.Currency::getDefaultFractionDigits)
                .findFirst()
                .orElse(0);
        return BigDecimal.valueOf(amount, Math.max(0, digits)).toPlainString();
    }

    /** @throws ArithmeticException beyond the range of a long */
    public Money plus(Money other) {
        return new Money(Math.addExact(amount, sameCurrency(other).amount), currency);
    }

    /** @throws IllegalArgumentException if other is more than this */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(amount, sameCurrency(other).amount), currency);
    }

    /**
     * Returns a share of this amount, rounded half up to the minor unit.
     *
     * @param basisPoints hundredths of a percent, from 0 to 10 000: 500 is 5%
     */
    public Money share(int basisPoints) {
        if (basisPoints < 0 || basisPoints > BASIS_POINTS)
            throw new IllegalArgumentException(
                    "a share has 0 to " + BASIS_POINTS + " basis points, not " + basisPoints);
        var product = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(basisPoints));
        var rounded = product.add(BigInteger.valueOf(BASIS_POINTS / 2)).divide(BigInteger.valueOf(BASIS_POINTS));
        return new Money(rounded.longValueExact(), currency);
    }

    /**
     * Whether the sum of the parts equals this amount, and each is positive and of this currency. Safe for sums beyond
     * the range of a long.
     */
    public boolean isSumOf(List<Money> parts) {
        long remaining = amount;
        for (var part : parts) {
            if (part.amount == 0 || part.amount > remaining || !part.currency.equals(currency)) return false;
            remaining -= part.amount;
        }
        return remaining == 0 && !parts.isEmpty();
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency))
            throw new IllegalArgumentException("cannot mix " + currency + " and " + other.currency);
        return other;
    }
}
