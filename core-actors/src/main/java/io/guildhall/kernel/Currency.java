package io.guildhall.kernel;

/**
 * The currencies in which prices can be agreed, by their ISO 4217 codes. Amounts are always in minor units: cents of a
 * dollar, but whole yen, which have no decimals. Currencies with three decimals are not supported, since the payment
 * provider charges them in tens of their minor units only.
 */
public enum Currency {
    USD(50),
    EUR(50),
    GBP(30),
    CHF(50),
    JPY(50);

    private final long minimum;

    Currency(long minimum) {
        this.minimum = minimum;
    }

    /** The smallest amount that a card can be charged: the minimum that Stripe publishes for the currency. */
    public Money minimum() {
        return new Money(minimum, name());
    }
}
