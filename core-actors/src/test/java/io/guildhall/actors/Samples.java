package io.guildhall.actors;

import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates random values of any record, enum or sealed type, so that a new type is tested automatically. Fails for types
 * that it does not know.
 */
record Samples(RandomGenerator random) {
    private static final List<String> TEXTS =
            List.of("", " ", "pm_1", "Zoë\n\"quoted\" \\ 李 \uD83D\uDEA2", "\u0000\u2028", "x".repeat(3_000));

    Object create(Type type) {
        if (type == String.class) return TEXTS.get(random.nextInt(TEXTS.size()));
        if (type == int.class || type == Integer.class) return random.nextInt();
        if (type == long.class || type == Long.class) return random.nextLong();
        if (type == boolean.class || type == Boolean.class) return random.nextBoolean();
        if (type == LocalDate.class) return LocalDate.ofEpochDay(random.nextInt(100_000));
        if (type == LocalTime.class) return LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
        if (type == OptionalInt.class)
            return random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty();
        if (type == Instant.class)
            return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
        if (type == Duration.class) return Duration.ofMillis(random.nextLong(10_000_000_000L));
        if (type == Money.class) return new Money(random.nextLong(Long.MAX_VALUE), "USD");
        if (type == EscrowRules.class)
            return new EscrowRules(
                    random.nextInt(8, EscrowRules.MAX_DAYS + 1),
                    List.of(7, 2),
                    random.nextInt(4, EscrowRules.MAX_DAYS + 1),
                    List.of(3),
                    Optional.of(random.nextInt(1, EscrowRules.MAX_REQUESTS + 1)));
        if (type instanceof ParameterizedType it && it.getRawType() == List.class)
            return Stream.generate(() -> create(it.getActualTypeArguments()[0]))
                    .limit(random.nextInt(4))
                    .toList();
        if (type instanceof ParameterizedType it && it.getRawType() == Set.class)
            return Stream.generate(() -> create(it.getActualTypeArguments()[0]))
                    .limit(random.nextInt(4))
                    .collect(Collectors.toUnmodifiableSet());
        if (type instanceof ParameterizedType it && it.getRawType() == Map.class)
            return random.nextBoolean()
                    ? Map.of()
                    : Map.of(create(it.getActualTypeArguments()[0]), create(it.getActualTypeArguments()[1]));
        if (type instanceof ParameterizedType it && it.getRawType() == Optional.class)
            return random.nextBoolean() ? Optional.empty() : Optional.of(create(it.getActualTypeArguments()[0]));
        if (type instanceof Class<?> it && it.isSealed()) {
            var members = Names.members(it).toList();
            return create(members.get(random.nextInt(members.size())));
        }
        if (type instanceof Class<?> it && it.isEnum())
            return it.getEnumConstants()[random.nextInt(it.getEnumConstants().length)];
        if (type instanceof Class<?> it && it.isRecord()) return record(it);
        throw new AssertionError("no samples of " + type + ": add a case for it here");
    }

    private Object component(RecordComponent component) {
        return component.getName().equals("feeBasisPoints") && component.getType() == int.class
                ? random.nextInt(Deal.MAX_FEE_BASIS_POINTS + 1)
                : create(component.getGenericType());
    }

    private Object record(Class<?> type) {
        var components = List.of(type.getRecordComponents());
        try {
            var constructor = type.getDeclaredConstructor(
                    components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(
                    components.stream().map(this::component).toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot create a " + type, e);
        }
    }
}
