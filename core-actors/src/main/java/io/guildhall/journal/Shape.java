package io.guildhall.journal;

import static java.util.stream.Collectors.joining;

import io.guildhall.kernel.Sha256;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells states of different shapes apart: it changes when a component of the record, or of any record in it, is added,
 * removed, renamed or gets another type, and when a constant or subtype is added or removed. It does not depend on
 * packages.
 */
final class Shape {
    private static final int LENGTH = 12;

    /** The types that are being described; a type can contain itself. */
    private final Set<Class<?>> open = new HashSet<>();

    private Shape() {}

    /** Returns the shape of a type as {@value #LENGTH} hexadecimal digits. */
    static String of(Class<?> type) {
        return Sha256.hex(new Shape().describe(type)).substring(0, LENGTH);
    }

    private String describe(Type type) {
        return switch (type) {
            case ParameterizedType generic ->
                describe(generic.getRawType())
                        + Arrays.stream(generic.getActualTypeArguments())
                                .map(this::describe)
                                .collect(joining(",", "<", ">"));
            case Class<?> plain
            when open.add(plain) -> {
                var description = plain.getSimpleName() + content(plain);
                open.remove(plain);
                yield description;
            }
            case Class<?> containing -> containing.getSimpleName();
            default -> type.getTypeName();
        };
    }

    private String content(Class<?> type) {
        if (type.isRecord())
            return Arrays.stream(type.getRecordComponents())
                    .map(this::component)
                    .collect(joining(",", "{", "}"));
        if (type.isEnum())
            return Arrays.stream(type.getEnumConstants())
                    .map(it -> ((Enum<?>) it).name())
                    .collect(joining("|", "(", ")"));
        if (type.isSealed())
            return Arrays.stream(type.getPermittedSubclasses())
                    .map(this::describe)
                    .collect(joining("|", "(", ")"));
        return "";
    }

    private String component(RecordComponent component) {
        return component.getName() + ":" + describe(component.getGenericType());
    }
}
