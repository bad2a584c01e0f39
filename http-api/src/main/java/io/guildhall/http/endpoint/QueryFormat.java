package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.kernel.Characters;
import io.guildhall.kernel.TextKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the value of a query parameter is written. One number has one spelling: plain digits without sign, leading zero
 * or exponent.
 *
 * @param documented the JSON schema
 * @param expectation completes "must be …"
 * @param blankIsAbsent whether a blank value means that the parameter was left out
 * @param parser returns empty if the text is not such a value
 */
record QueryFormat<V>(
        ObjectNode documented, String expectation, boolean blankIsAbsent, Function<String, Optional<V>> parser) {
    /** With 18 digits. */
    private static final long MAX_WHOLE_NUMBER = 999_999_999_999_999_999L;

    private static final int MAX_INSTANT_LENGTH = 40;
    private static final int MAX_YEAR = 9_998;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    Optional<V> parse(String raw) {
        return parser.apply(raw);
    }

    boolean isAbsent(String raw) {
        return blankIsAbsent && raw.isBlank();
    }

    ObjectNode schema() {
        return documented.deepCopy();
    }

    /** Lines in the form of the texts that they are compared with. */
    static QueryFormat<String> text(int maxLength) {
        return new QueryFormat<>(
                typed("string").put("maxLength", maxLength),
                "a text of at most " + maxLength + " characters",
                true,
                raw -> Optional.of(TextKind.PARAGRAPHS.normalise(raw)).filter(it -> Characters.count(it) <= maxLength));
    }

    static QueryFormat<Instant> instant() {
        return new QueryFormat<>(
                typed("string").put("format", "date-time").put("maxLength", MAX_INSTANT_LENGTH),
                "a time such as 2026-11-30T09:30:00Z",
                false,
                QueryFormat::parseInstant);
    }

    private static Optional<Instant> parseInstant(String raw) {
        if (raw.length() > MAX_INSTANT_LENGTH) return Optional.empty();
        try {
            return Optional.of(OffsetDateTime.parse(raw))
                    .filter(it -> it.getYear() >= 0 && it.getYear() <= MAX_YEAR)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** One line in the form of the texts that it is compared with. */
    static QueryFormat<String> nonBlankText(int maxLength) {
        return new QueryFormat<>(
                typed("string").put("maxLength", maxLength).put("pattern", Constraints.VISIBLE_LINE),
                "one line of 1 to " + maxLength + " characters, without marks that change the direction of text",
                false,
                raw -> line(raw, maxLength));
    }

    private static Optional<String> line(String raw, int maxLength) {
        return Optional.of(TextKind.SINGLE_LINE.normalise(raw))
                .filter(it -> !it.isEmpty()
                        && Characters.count(it) <= maxLength
                        && TextKind.SINGLE_LINE.error(it).isEmpty());
    }

    /** As it was sent: only the list that issued it can read it. */
    static QueryFormat<String> cursor(int maxLength) {
        return new QueryFormat<>(
                typed("string").put("maxLength", maxLength), "the next value of a page", false, Optional::of);
    }

    static QueryFormat<Long> longInteger(long min, long max) {
        boolean isLimited = max <= MAX_WHOLE_NUMBER;
        return new QueryFormat<>(
                typed("integer").put("minimum", min).put("maximum", Math.min(max, MAX_WHOLE_NUMBER)),
                isLimited
                        ? "a whole number from %d to %d".formatted(min, max)
                        : "a whole number, at least %d and at most 18 digits long".formatted(min),
                false,
                raw -> wholeNumber(raw).filter(it -> it >= min && it <= max));
    }

    static QueryFormat<Integer> integer(int min, int max) {
        var format = longInteger(min, max);
        return new QueryFormat<>(
                format.documented,
                format.expectation,
                false,
                raw -> format.parse(raw).map(Math::toIntExact));
    }

    /** Returns empty if the text is not a whole number in plain digits, or has more than 18 of them. */
    static Optional<Long> wholeNumber(String raw) {
        return WHOLE_NUMBER.matcher(raw).matches() ? Optional.of(Long.parseLong(raw)) : Optional.empty();
    }

    static QueryFormat<Double> decimal(int min, int max, int decimalPlaces) {
        var pattern = Pattern.compile("(?:0|[1-9][0-9]{0,8})(?:\\.[0-9]{1," + decimalPlaces + "})?");
        var least = BigDecimal.valueOf(min);
        var most = BigDecimal.valueOf(max);
        return new QueryFormat<>(
                typed("number").put("minimum", min).put("maximum", max),
                "a number from %d to %d with at most %d decimal places".formatted(min, max, decimalPlaces),
                false,
                raw -> Optional.of(raw)
                        .filter(it -> pattern.matcher(it).matches())
                        .map(BigDecimal::new)
                        .filter(it -> it.compareTo(least) >= 0 && it.compareTo(most) <= 0)
                        .map(BigDecimal::doubleValue));
    }

    static QueryFormat<Boolean> flag() {
        return new QueryFormat<>(typed("boolean"), "true or false", false, raw -> switch (raw) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static <E extends Enum<E>> QueryFormat<E> oneOf(Class<E> type) {
        var constants = List.of(type.getEnumConstants());
        return choice(
                constants.stream().map(Enum::name).toList(),
                raw -> constants.stream().filter(it -> it.name().equals(raw)).findFirst());
    }

    static QueryFormat<String> oneOf(List<String> values) {
        return choice(values, raw -> Optional.of(raw).filter(values::contains));
    }

    private static <V> QueryFormat<V> choice(List<String> values, Function<String, Optional<V>> parser) {
        var schema = typed("string");
        var documented = schema.putArray("enum");
        values.forEach(documented::add);
        return new QueryFormat<>(schema, "one of " + String.join(", ", values), false, parser);
    }

    static QueryFormat<List<String>> list(int maxItems, int maxLength) {
        var schema = typed("array").put("maxItems", maxItems);
        schema.set("items", nonBlankText(maxLength).documented);
        var expectation =
                "a list of at most %d texts of 1 to %d characters, separated by commas".formatted(maxItems, maxLength);
        return new QueryFormat<>(schema, expectation, false, raw -> {
            var parts = raw.split(",", -1);
            var items = Arrays.stream(parts)
                    .map(it -> line(it, maxLength))
                    .flatMap(Optional::stream)
                    .toList();
            return Optional.of(items).filter(it -> it.size() == parts.length && it.size() <= maxItems);
        });
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
