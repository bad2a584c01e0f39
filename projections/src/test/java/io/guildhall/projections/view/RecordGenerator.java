package io.guildhall.projections.view;

import io.guildhall.kernel.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates a record with a random value for every component, so that a new component is covered without a change here.
 * Texts are never equal, all money is in one currency, and each amount is higher than the one before.
 */
final class RecordGenerator {
    /** Components that hold keys of files. The key of a file begins with its owner. */
    private static final Set<String> FILES = Set.of("files", "picture", "media");

    private static final List<String> WORDS =
            List.of("Boat", "a 'quoted' word", "ÄÖÜ ß", "仕事 🛠", "100 %", "{\"json\": [1]}", "back\\slash", "a, b");

    private final Random random;
    private final String owner;
    private final String currency;
    private long lastAmount;
    private final boolean complete;
    private int texts;

    /** @param owner of all files */
    RecordGenerator(long seed, String owner) {
        this(seed, owner, false);
    }

    /** @param complete whether every optional component has a value and no list is empty */
    RecordGenerator(long seed, String owner, boolean complete) {
        this.complete = complete;
        this.random = new Random(seed);
        this.owner = owner;
        this.currency = random.nextBoolean() ? "USD" : "JPY";
    }

    <R extends Record> R record(Class<R> type) {
        return create(type, it -> value(it.getGenericType(), it.getName()));
    }

    /** Returns a copy with another value of one component. */
    static <R extends Record> R replace(R record, String component, Object value) {
        return create(record.getClass(), it -> it.getName().equals(component) ? value : read(record, it));
    }

    static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <R extends Record> R create(Class<?> type, Function<RecordComponent, Object> value) {
        var components = type.getRecordComponents();
        try {
            var constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return (R)
                    constructor.newInstance(Arrays.stream(components).map(value).toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /**
     * A copy with one other value.
     *
     * @param component the changed component of the record itself or of a record within it
     */
    record Change<V>(String component, V value) {
        private <W> Change<W> map(Function<V, W> outer) {
            return new Change<>(component, outer.apply(value));
        }
    }

    /** Changes a component, or each component of a record in it alone. The record must be complete. */
    <R extends Record> Stream<Change<R>> changes(R record, RecordComponent component) {
        return changes(component, read(record, component))
                .map(change -> change.map(value -> replace(record, component.getName(), value)));
    }

    private Stream<Change<Record>> changes(Record record) {
        return Stream.of(record.getClass().getRecordComponents()).flatMap(it -> changes(record, it));
    }

    private Stream<Change<Object>> changes(RecordComponent component, Object value) {
        return switch (value) {
            case Money _ -> Stream.of(other(component, value));
            case Record it -> changes(it).map(change -> change.map(Object.class::cast));
            case Optional<?> it
            when it.orElseThrow() instanceof Record inner && !(inner instanceof Money) ->
                changes(inner).map(change -> change.map(Optional::of));
            case List<?> it
            when it.getFirst() instanceof Record first ->
                changes(first)
                        .map(change -> change.map(other -> Stream.concat(
                                        Stream.of(other), it.stream().skip(1))
                                .toList()));
            default -> Stream.of(other(component, value));
        };
    }

    private Change<Object> other(RecordComponent component, Object value) {
        return Stream.generate(() -> value(component.getGenericType(), component.getName()))
                .filter(it -> !it.equals(value))
                .findFirst()
                .map(it -> new Change<>(component.getName(), it))
                .orElseThrow();
    }

    private Object value(Type type, String name) {
        return switch (type) {
            case Class<?> it when it == String.class -> text(name);
            case Class<?> it when it == int.class || it == Integer.class -> 1 + random.nextInt(1_000);
            case Class<?> it when it == long.class || it == Long.class -> 1 + random.nextLong(1_000_000);
            case Class<?> it when it == BigDecimal.class -> BigDecimal.valueOf(random.nextLong(1_000_000));
            case Class<?> it when it == boolean.class -> random.nextBoolean();
            case Class<?> it
            when it == OptionalInt.class -> isPresent() ? OptionalInt.of(random.nextInt(60)) : OptionalInt.empty();
            case Class<?> it when it == Money.class -> money();
            case Class<?> it
            when it == Instant.class ->
                Instant.ofEpochSecond(1_800_000_000L + random.nextInt(1_000_000), random.nextInt(1_000_000) * 1_000L);
            case Class<?> it
            when it == LocalDate.class -> LocalDate.of(2030, 1, 1).plusDays(random.nextInt(1_000));
            case Class<?> it when it == LocalTime.class -> LocalTime.ofSecondOfDay(random.nextInt(86_400));
            case Class<?> it when it.isEnum() -> it.getEnumConstants()[random.nextInt(it.getEnumConstants().length)];
            case Class<?> it when it.isRecord() -> record(it.asSubclass(Record.class));
            case ParameterizedType it
            when it.getRawType() == Optional.class ->
                isPresent() ? Optional.of(value(it.getActualTypeArguments()[0], name)) : Optional.empty();
            case ParameterizedType it when it.getRawType() == List.class -> list(it.getActualTypeArguments()[0], name);
            case ParameterizedType it
            when it.getRawType() == Map.class -> Map.of(text(name), value(it.getActualTypeArguments()[1], name));
            default -> throw new AssertionError("no values of " + type + " for " + name);
        };
    }

    private boolean isPresent() {
        return complete || random.nextBoolean();
    }

    private List<Object> list(Type element, String name) {
        return IntStream.range(0, (complete ? 1 : 0) + random.nextInt(4))
                .mapToObj(_ -> value(element, name))
                .toList();
    }

    private String text(String name) {
        var text = WORDS.get(random.nextInt(WORDS.size())) + " " + ++texts;
        return FILES.contains(name) ? owner + "/" + text : text;
    }

    private Money money() {
        lastAmount += 1 + random.nextInt(100_000);
        return new Money(lastAmount, currency);
    }
}
