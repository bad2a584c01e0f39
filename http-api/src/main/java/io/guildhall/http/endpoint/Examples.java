package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Examples of what is taken and given, put together from the schemas. The words for each field are in {@code examples.json}, by the field's
 * name or by {@code Schema.field} where it means something else in one place, and used where they are of the field's type; {@code null} leaves a
 * field out that the others rule out. A test refuses an example that its own schema does not allow, and so each field without words.
 */
final class Examples {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int REFERENCE = "#/components/schemas/".length();

    private final JsonNode words;
    private final Map<String, ObjectNode> schemas;

    Examples(Map<String, ObjectNode> schemas) {
        this.schemas = schemas;
        try (var file = Examples.class.getResourceAsStream("examples.json")) {
            this.words = new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a schema that stands alone or refers to a named one; null where a text in it has no words. */
    JsonNode of(JsonNode schema) {
        return of(schema, "", "");
    }

    private JsonNode of(JsonNode schema, String owner, String field) {
        if (schema.has("$ref")) {
            var name = schema.get("$ref").asText().substring(REFERENCE);
            return word(owner, field, schemas.get(name)).orElseGet(() -> of(schemas.get(name), name, field));
        }
        if (schema.has("oneOf")) return of(schema.get("oneOf").get(0), owner, field);
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, owner);
            case "array" ->
                word(owner, field, schema)
                        .orElseGet(() -> JSON.arrayNode().add(of(schema.get("items"), owner, singular(field))));
            default -> word(owner, field, schema).orElseGet(() -> plain(schema));
        };
    }

    private JsonNode object(JsonNode schema, String owner) {
        var example = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            if (!isLeftOut(owner, property.getKey()))
                example.set(property.getKey(), of(property.getValue(), owner, property.getKey()));
        });
        return example;
    }

    private boolean isLeftOut(String owner, String field) {
        var own = words.get(owner + "." + field);
        return own != null && own.isNull();
    }

    private Optional<JsonNode> word(String owner, String field, JsonNode schema) {
        return Stream.of(owner + "." + field, field)
                .map(words::get)
                .filter(it -> it != null && isOf(schema, it))
                .findFirst();
    }

    private static boolean isOf(JsonNode schema, JsonNode word) {
        return switch (schema.path("type").asText()) {
            case "object" -> word.isObject();
            case "array" -> word.isArray();
            case "boolean" -> word.isBoolean();
            case "integer", "number" -> word.isNumber();
            default -> word.isTextual();
        };
    }

    private static JsonNode plain(JsonNode schema) {
        if (schema.has("enum")) return schema.get("enum").get(0);
        return switch (schema.path("type").asText()) {
            case "boolean" -> JSON.booleanNode(true);
            case "integer", "number" -> JSON.numberNode(schema.path("minimum").asInt(1));
            case "string" ->
                switch (schema.path("format").asText()) {
                    case "date-time" -> JSON.textNode("2026-11-23T15:04:05.123Z");
                    case "date" -> JSON.textNode("2026-11-23");
                    case "uri" -> JSON.textNode("https://example.com/");
                    default -> JSON.nullNode();
                };
            default -> JSON.nullNode();
        };
    }

    private static String singular(String field) {
        return field.endsWith("s") ? field.substring(0, field.length() - 1) : field;
    }
}
