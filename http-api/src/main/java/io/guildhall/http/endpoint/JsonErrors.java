package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Explains to a caller where JSON does not fit a record. Jackson's own messages name internal classes. */
final class JsonErrors {
    private JsonErrors() {}

    static String explain(JsonMappingException e) {
        var path = e.getPath().stream()
                .map(it -> it.getFieldName() != null ? Escapes.printable(it.getFieldName()) : "[" + it.getIndex() + "]")
                .collect(Collectors.joining("."));
        var where = path.isEmpty() ? "The body" : path;
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "Unknown field: %s. Known fields: %s.".formatted(where, knownFields(unknown));
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null -> where + " must be " + expected(mismatch.getTargetType()) + ".";
            default -> where + " has the wrong type.";
        };
    }

    private static String knownFields(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String expected(Class<?> type) {
        if (type.isEnum())
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(it -> ((Enum<?>) it).name())
                            .collect(Collectors.joining(", "));
        if (type == String.class) return "a text without control characters";
        if (type == boolean.class || type == Boolean.class) return "true or false";
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class)
            return "a whole number within bounds";
        if (type == Instant.class) return "a time such as 2026-11-23T15:04:05Z";
        if (type == LocalDate.class) return "a date such as 2026-11-23";
        if (Collection.class.isAssignableFrom(type)) return "a list";
        return "an object";
    }
}
