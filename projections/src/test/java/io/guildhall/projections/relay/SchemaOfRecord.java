package io.guildhall.projections.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.kernel.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON Schema that a published record must have. A text is an id, a code or a public name: nothing else can be
 * published.
 */
final class SchemaOfRecord {
    /** The components with text that a person wrote. All are on public pages. */
    static final Set<String> PUBLIC_NAMES = Set.of("name", "handle");

    static final String ID = "^[a-z]{2,4}_[0-9a-z-]{1,60}$";
    private static final String CODE = "^[A-Z][A-Z_]*$";
    /** An id, or the number of a milestone. */
    private static final String LINKED = "^([a-z]{2,4}_[0-9a-z-]{1,60}|[0-9]{1,4})$";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SchemaOfRecord() {}

    static ObjectNode schema(String name, Class<?> type) {
        var schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:guildhall:schema:" + name + ":v1");
        schema.setAll(object(type));
        return schema;
    }

    private static ObjectNode object(Class<?> type) {
        var schema = JSON.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var component : type.getRecordComponents()) {
            properties.set(component.getName(), property(component));
            if (component.getType() != Optional.class) required.add(component.getName());
        }
        return schema;
    }

    private static ObjectNode property(RecordComponent component) {
        return value(component.getName(), component.getGenericType());
    }

    private static ObjectNode value(String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            var argument = value(name, generic.getActualTypeArguments()[0]);
            if (generic.getRawType() == Optional.class) return argument;
            if (generic.getRawType() == List.class) {
                var list = JSON.objectNode().put("type", "array");
                list.set("items", argument);
                return list;
            }
            throw new AssertionError(name + " is a " + type);
        }
        var plain = (Class<?>) type;
        if (plain == String.class) return text(name);
        if (plain == Money.class) return money();
        if (plain == Instant.class)
            return JSON.objectNode().put("type", "string").put("format", "date-time");
        if (plain == boolean.class) return JSON.objectNode().put("type", "boolean");
        if (Set.of(int.class, long.class).contains(plain))
            return JSON.objectNode().put("type", "integer");
        if (plain.isEnum()) {
            var schema = JSON.objectNode().put("type", "string");
            var constants = schema.putArray("enum");
            for (var constant : plain.getEnumConstants()) constants.add(constant.toString());
            return schema;
        }
        if (plain.isRecord()) return object(plain);
        throw new AssertionError(name + " is a " + type);
    }

    private static ObjectNode text(String name) {
        var schema = JSON.objectNode().put("type", "string");
        var pattern =
                name.endsWith("Id") ? ID : Map.of("kind", CODE, "id", LINKED).get(name);
        if (pattern != null) return schema.put("pattern", pattern);
        if (PUBLIC_NAMES.contains(name)) return schema;
        throw new AssertionError("the text " + name + " can be personal data: publish an id, or nothing");
    }

    private static ObjectNode money() {
        var schema = JSON.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        properties.putObject("amount").put("type", "integer").put("minimum", 0);
        properties.putObject("currency").put("type", "string").put("pattern", "^[A-Z]{3}$");
        schema.putArray("required").add("amount").add("currency");
        return schema;
    }
}
