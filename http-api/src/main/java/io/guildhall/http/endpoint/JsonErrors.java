package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.guildhall.kernel.EmailAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Explains to a caller where JSON does not fit a record. Jackson's own messages name internal classes. */
final class JsonErrors {
    private JsonErrors() {}

    static String path(JsonMappingException e) {
        var path = "";
        for (var it : e.getPath())
            path = it.getFieldName() != null
                    ? BodyErrors.join(path, it.getFieldName())
                    : path + "[" + it.getIndex() + "]";
        return path;
    }

    static String message(JsonMappingException e) {
        return e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                ? "must be " + expected(mismatch.getTargetType())
                : "has the wrong type";
    }

    /** Completes "must be …". */
    static String expected(Class<?> type) {
        if (type.isEnum())
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(it -> ((Enum<?>) it).name())
                            .collect(Collectors.joining(", "));
        if (type == String.class || type == EmailAddress.class) return "text";
        if (type == boolean.class || type == Boolean.class) return "true or false";
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class)
            return "a whole number";
        if (type == Instant.class) return "a time such as 2026-11-23T15:04:05Z";
        if (type == LocalDate.class) return "a date such as 2026-11-23";
        if (Collection.class.isAssignableFrom(type)) return "a list";
        return "a JSON object";
    }
}
