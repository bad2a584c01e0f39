package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Examples of what is taken and given, put together from the schemas. The words for each field are in {@code examples.json}, by the field's
 * name or by {@code Schema.field} where it means something else in one place; what has no words there has none in the document, which a test refuses.
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
            return word(owner, field).orElseGet(() -> of(schemas.get(name), name, field));
        }
        if (schema.has("oneOf")) return of(schema.get("oneOf").get(0), owner, field);
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, owner);
            case "array" ->
                word(owner, field)
                        .orElseGet(() -> JSON.arrayNode().add(of(schema.get("items"), owner, singular(field))));
            default -> word(owner, field).orElseGet(() -> plain(schema));
        };
    }

    private JsonNode object(JsonNode schema, String owner) {
        var example = JSON.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> example.set(property.getKey(), of(property.getValue(), owner, property.getKey())));
        return example;
    }

    private Optional<JsonNode> word(String owner, String field) {
        var own = words.get(owner + "." + field);
        return Optional.ofNullable(own != null ? own : words.get(field));
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
