package io.guildhall.actors;

import io.guildhall.journal.Names;
import io.guildhall.kernel.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Makes values of any record, enum or sealed family, so that a new one needs no test of its own; what it cannot make it says. */
record Samples(RandomGenerator chance) {
    private static final List<String> TEXTS =
            List.of("", " ", "pm_1", "Zoë\n\"quoted\" \\ 李 \uD83D\uDEA2", "\u0000\u2028", "x".repeat(3_000));

    Object make(Type type) {
        if (type == String.class) return TEXTS.get(chance.nextInt(TEXTS.size()));
        if (type == int.class || type == Integer.class) return chance.nextInt();
        if (type == long.class || type == Long.class) return chance.nextLong();
        if (type == boolean.class) return chance.nextBoolean();
        if (type == LocalDate.class) return LocalDate.ofEpochDay(chance.nextInt(100_000));
        if (type == OptionalInt.class)
            return chance.nextBoolean() ? OptionalInt.of(chance.nextInt()) : OptionalInt.empty();
        if (type == Instant.class)
            return Instant.ofEpochSecond(chance.nextLong(4_000_000_000L), chance.nextInt(1_000_000_000));
        if (type == Money.class) return new Money(chance.nextLong(Long.MAX_VALUE), "USD");
        if (type instanceof ParameterizedType it && it.getRawType() == List.class)
            return Stream.generate(() -> make(it.getActualTypeArguments()[0]))
                    .limit(chance.nextInt(4))
                    .toList();
        if (type instanceof ParameterizedType it && it.getRawType() == Optional.class)
            return chance.nextBoolean() ? Optional.empty() : Optional.of(make(it.getActualTypeArguments()[0]));
        if (type instanceof Class<?> it && it.isSealed()) {
            var members = Names.members(it).toList();
            return make(members.get(chance.nextInt(members.size())));
        }
        if (type instanceof Class<?> it && it.isEnum())
            return it.getEnumConstants()[chance.nextInt(it.getEnumConstants().length)];
        if (type instanceof Class<?> it && it.isRecord()) return record(it);
        throw new AssertionError("no samples of " + type + ": say here how it is made");
    }

    private Object record(Class<?> type) {
        var components = List.of(type.getRecordComponents());
        try {
            var constructor = type.getDeclaredConstructor(
                    components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(
                    components.stream().map(it -> make(it.getGenericType())).toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type, e);
        }
    }
}
