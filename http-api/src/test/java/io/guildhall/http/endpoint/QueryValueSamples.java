package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Right and wrong values of query parameters, derived from their documented schemas. */
public final class QueryValueSamples {
    private QueryValueSamples() {}

    public static String valid(Query<?> query) {
        var schema = query.schema();
        if (schema.has("enum")) return last(schema.get("enum"));
        return switch (schema.path("type").asText()) {
            case "boolean" -> "true";
            case "integer", "number" -> schema.get("maximum").asText();
            case "string" -> schema.has("pattern") && !schema.has("maxLength") ? patterned(query) : "text";
            case "array" -> "text";
            default -> throw new AssertionError(query.name() + " has no type");
        };
    }

    private static String last(JsonNode values) {
        return values.get(values.size() - 1).asText();
    }

    private static String patterned(Query<?> query) {
        return Stream.of("USD", "text", "7")
                .filter(Pattern.compile(query.schema().get("pattern").asText()).asPredicate())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample matches the pattern of " + query.name()));
    }

    /** Values that the schema rules out. None for a text of any length that a URL can have. */
    public static List<String> invalid(Query<?> query) {
        var schema = query.schema();
        if (schema.has("enum")) return List.of("nonsense", "%20", valid(query) + "x");
        return switch (schema.path("type").asText()) {
            case "boolean" -> List.of("yes", "1", "TRUE", "");
            case "integer", "number" -> numbers(schema);
            case "string" -> texts(schema);
            case "array" ->
                List.of(
                        "",
                        ",",
                        "a,,b",
                        "a,",
                        "%20,a",
                        "a,b%0Ac",
                        String.join(
                                ",", Collections.nCopies(schema.get("maxItems").asInt() + 1, "a")));
            default -> throw new AssertionError(query.name() + " has no type");
        };
    }

    private static List<String> numbers(JsonNode schema) {
        var values = new ArrayList<>(List.of("x", "", "01", "%2B1", "-1", "1e1", "99999999999999999999"));
        values.add(Long.toString(schema.get("maximum").asLong() + 1));
        if (schema.get("minimum").asLong() > 0)
            values.add(Long.toString(schema.get("minimum").asLong() - 1));
        return values;
    }

    private static List<String> texts(JsonNode schema) {
        if (!schema.has("maxLength")) return List.of("nonsense+value", "");
        var values =
                new ArrayList<>(schema.has("pattern") ? List.of("", "%20", "a%0Ab", "%E2%80%AEa") : List.<String>of());
        int maxLength = schema.get("maxLength").asInt();
        if (maxLength < QueryValues.MAX_LENGTH) values.add("x".repeat(maxLength + 1));
        return values;
    }
}
