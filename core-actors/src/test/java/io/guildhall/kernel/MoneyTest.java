package io.guildhall.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    static Money usd(long amount) {
        return new Money(amount, "USD");
    }

    @ParameterizedTest
    @CsvSource({"1234, EUR, 12.34 EUR", "5, USD, 0.05 USD", "1234, JPY, 1234 JPY", "1234, KWD, 1.234 KWD"})
    void textHasTheDecimalsOfTheCurrency(long amount, String currency, String text) {
        assertEquals(text, new Money(amount, currency).text());
    }

    @Test
    void textOfAnUnknownCurrencyHasNoDecimals() {
        assertEquals("1234 ZZZ", new Money(1234, "ZZZ").text());
        assertEquals("1234 XAU", new Money(1234, "XAU").text());
    }

    @ParameterizedTest
    @CsvSource({
        "10, 500, 1", // 0.5
        "9, 500, 0", // 0.45
        "30, 500, 2", // 1.5
        "29, 500, 1", // 1.45
        "12500, 500, 625",
        "1, 5000, 1",
        "1, 4999, 0",
        "0, 500, 0",
        "100, 0, 0",
        "100, 10000, 100",
        "9223372036854775807, 500, 461168601842738790",
        "9223372036854775807, 10000, 9223372036854775807"
    })
    void aShareIsRoundedHalfUp(long amount, int basisPoints, long share) {
        assertEquals(usd(share), usd(amount).share(basisPoints));
    }

    @Property
    void shareEqualsDecimalArithmetic(
            @ForAll @LongRange(max = Long.MAX_VALUE) long amount, @ForAll @IntRange(max = 10_000) int basisPoints) {
        var exact = BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(basisPoints))
                .movePointLeft(4);
        assertEquals(
                exact.setScale(0, RoundingMode.HALF_UP).longValueExact(),
                usd(amount).share(basisPoints).amount());
    }

    @Property
    void shareAndRemainderAddUp(
            @ForAll @LongRange(max = Long.MAX_VALUE) long amount, @ForAll @IntRange(max = 10_000) int basisPoints) {
        var share = usd(amount).share(basisPoints);
        assertEquals(usd(amount), share.plus(usd(amount).minus(share)));
    }

    /** A yen has no decimals: the fee is a whole number of yen. */
    @Test
    void shareOfCurrencyWithoutDecimalsIsRoundedToItsUnit() {
        var price = new Money(1_001, "JPY");
        assertEquals(new Money(50, "JPY"), price.share(500));
        assertEquals(new Money(951, "JPY"), price.minus(price.share(500)));
        assertEquals(new Money(50, "JPY"), Currency.JPY.minimum());
    }

    @Test
    void rejectsOverflow() {
        assertThrows(ArithmeticException.class, () -> usd(Long.MAX_VALUE).plus(usd(1)));
    }

    @Test
    void rejectsShareOfLessThanNothingOrMoreThanAll() {
        assertThrows(IllegalArgumentException.class, () -> usd(1).share(-1));
        assertThrows(IllegalArgumentException.class, () -> usd(1).share(10_001));
    }

    @Test
    void rejectsNegativeAmount() {
        assertThrows(IllegalArgumentException.class, () -> usd(-1));
        assertThrows(IllegalArgumentException.class, () -> usd(1).minus(usd(2)));
        assertEquals(Money.zero("USD"), usd(2).minus(usd(2)));
    }

    @Test
    void rejectsMixedCurrencies() {
        var euro = new Money(1, "EUR");
        assertThrows(IllegalArgumentException.class, () -> usd(1).plus(euro));
        assertThrows(IllegalArgumentException.class, () -> usd(1).minus(euro));
        assertFalse(usd(1).isSumOf(List.of(euro)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "US", "usd", "USDT", "US1", "U D", "USD\n"})
    void rejectsInvalidCurrency(String currency) {
        assertThrows(IllegalArgumentException.class, () -> new Money(1, currency));
    }

    @Test
    void comparesSumOfPartsExactly() {
        assertTrue(usd(100).isSumOf(List.of(usd(60), usd(40))));
        assertTrue(usd(1).isSumOf(List.of(usd(1))));
        assertFalse(usd(100).isSumOf(List.of(usd(60), usd(39))));
        assertFalse(usd(100).isSumOf(List.of(usd(60), usd(41))));
        assertFalse(usd(100).isSumOf(List.of(usd(100), usd(0))));
        assertFalse(usd(0).isSumOf(List.of()));
        // With an overflow, the sum of these as a long would be equal.
        assertFalse(usd(1).isSumOf(List.of(usd(Long.MAX_VALUE), usd(Long.MAX_VALUE), usd(3))));
    }
}
