package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.guildhall.kernel.PlainText;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says in the caller's words where JSON does not fit a record; Jackson's own words name our classes. */
final class JsonErrors {
    private static final int NAME_LENGTH = 100;

    private JsonErrors() {}

    static String explain(JsonMappingException e) {
        var path = e.getPath().stream()
                .map(it -> it.getFieldName() != null ? told(it.getFieldName()) : "[" + it.getIndex() + "]")
                .collect(Collectors.joining("."));
        var where = path.isEmpty() ? "The body" : path;
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                where + " is not known here; known are "
                        + unknown.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".";
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null -> where + ": " + form(mismatch.getTargetType()) + " is expected.";
            default -> where + " is not of the expected form.";
        };
    }

    /** Names are the sender's words too: told back only where they are short and a text as any other. */
    private static String told(String name) {
        return name.length() <= NAME_LENGTH && PlainText.is(name) ? name : "A field with an odd name";
    }

    private static String form(Class<?> type) {
        if (type.isEnum())
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(it -> ((Enum<?>) it).name())
                            .collect(Collectors.joining(", "));
        if (type == String.class) return "a text without control characters";
        if (type == boolean.class || type == Boolean.class) return "true or false";
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class)
            return "a whole number within bounds";
        if (type == Instant.class) return "an instant such as 2026-11-23T15:04:05Z";
        if (type == LocalDate.class) return "a date such as 2026-11-23";
        if (Collection.class.isAssignableFrom(type)) return "a list";
        return "an object";
    }
}
