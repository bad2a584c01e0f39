package io.guildhall.http.endpoint;

import static java.util.Objects.requireNonNull;

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
 * Examples of requests and responses, composed from their schemas. {@code examples.json} has the value of a field by
 * the field's name, or by {@code Schema.field} for the field of one schema; a value counts only if it has the
 * field's type, and {@code null} leaves an optional field out. A test checks every example against its schema and so
 * finds a field without a value.
 */
public final class Examples {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int REFERENCE = "#/components/schemas/".length();

    private final JsonNode values;
    private final Map<String, ObjectNode> schemas;

    public Examples(Map<String, ObjectNode> schemas) {
        this.schemas = schemas;
        try (var file = Examples.class.getResourceAsStream("examples.json")) {
            this.values = new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The example of an inline schema or a reference; a text without a value becomes null. */
    public JsonNode of(JsonNode schema) {
        return of(schema, "", "");
    }

    /** @param name of the record whose inline schema it is */
    public JsonNode of(JsonNode schema, String name) {
        return of(schema, name, "");
    }

    private JsonNode of(JsonNode schema, String owner, String field) {
        if (schema.has("$ref")) {
            var name = schema.get("$ref").asText().substring(REFERENCE);
            var target = requireNonNull(schemas.get(name), name);
            var type = name.endsWith(Schemas.INPUT) ? name.substring(0, name.length() - Schemas.INPUT.length()) : name;
            return value(owner, field, target).orElseGet(() -> of(target, type, field));
        }
        if (schema.has("oneOf")) return of(schema.get("oneOf").get(0), owner, field);
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, owner);
            case "array" ->
                value(owner, field, schema)
                        .orElseGet(() -> JSON.arrayNode().add(of(schema.get("items"), owner, singular(field))));
            default -> value(owner, field, schema).orElseGet(() -> plain(schema));
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
        var own = values.get(owner + "." + field);
        return own != null && own.isNull();
    }

    private Optional<JsonNode> value(String owner, String field, JsonNode schema) {
        return Stream.of(owner + "." + field, field)
                .map(values::get)
                .filter(it -> it != null && hasType(schema, it))
                .findFirst();
    }

    private static boolean hasType(JsonNode schema, JsonNode value) {
        return switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "boolean" -> value.isBoolean();
            case "integer", "number" -> value.isNumber();
            default -> value.isTextual();
        };
    }

    private static JsonNode plain(JsonNode schema) {
        if (schema.has("enum")) return schema.get("enum").get(0);
        return switch (schema.path("type").asText()) {
            case "boolean" -> JSON.booleanNode(true);
            case "integer", "number" -> JSON.numberNode(schema.path("minimum").asInt(1));
            case "string" ->
                switch (schema.path("format").asText()) {
                    case "date-time" -> JSON.textNode("2026-11-23T15:04:05.123456Z");
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
