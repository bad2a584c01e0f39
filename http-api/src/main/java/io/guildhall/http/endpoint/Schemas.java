package io.guildhall.http.endpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.kernel.EmailAddress;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * JSON schemas of wire records, derived from their components, types and Jakarta constraints. A record has one named
 * schema as a response and another as a request. Its response schema has the class's name; the request schema ends in
 * {@code Input} if both exist. Two records of the same name fail.
 */
public final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * In a response, every component is present unless it is optional; in a request, only what a constraint requires.
     */
    public enum Direction {
        REQUEST,
        RESPONSE
    }

    private record Key(Class<?> type, Direction direction) {}

    private final Map<Key, String> names = new HashMap<>();
    /** What the name of a request's schema ends with if the response of the same record has its own schema. */
    static final String INPUT = "Input";

    private final Map<String, ObjectNode> named = new TreeMap<>();

    /** Names the response schemas first, so that the names do not depend on the order of the endpoints. */
    public Schemas(Collection<? extends Type> responses, Collection<? extends Type> requests) {
        responses.forEach(it -> of(it, Direction.RESPONSE));
        requests.forEach(it -> of(it, Direction.REQUEST));
    }

    /** All named schemas. */
    public Map<String, ObjectNode> named() {
        return named;
    }

    /** The schema of a record that has no name in the document. Its components can have one. */
    public ObjectNode inline(Class<?> record, Direction direction) {
        return record(record, direction);
    }

    /** An inline schema, or a reference to a named one. */
    ObjectNode of(Type type, Direction direction) {
        return switch (type) {
            case Class<?> plain -> of(plain, direction);
            case ParameterizedType generic -> of(generic, direction);
            default -> throw new IllegalArgumentException("no schema for " + type);
        };
    }

    private ObjectNode of(ParameterizedType type, Direction direction) {
        var raw = (Class<?>) type.getRawType();
        var inner = type.getActualTypeArguments();
        if (raw == Optional.class) return of(inner[0], direction);
        if (Collection.class.isAssignableFrom(raw)) {
            var array = typed("array");
            array.set("items", of(inner[0], direction));
            return array;
        }
        if (Map.class.isAssignableFrom(raw)) {
            var map = typed("object");
            map.set("additionalProperties", of(inner[1], direction));
            return map;
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private ObjectNode of(Class<?> type, Direction direction) {
        if (type.isRecord()) return reference(type, direction);
        if (type.isEnum()) return enumerated(type);
        if (type.isSealed()) return oneOf(type, direction);
        if (type == String.class) return typed("string");
        if (type == EmailAddress.class) return formatted("string", "email").put("maxLength", EmailAddress.MAX_LENGTH);
        if (type == int.class || type == Integer.class || type == OptionalInt.class)
            return formatted("integer", "int32");
        if (type == long.class || type == Long.class || type == OptionalLong.class)
            return formatted("integer", "int64");
        if (type == boolean.class || type == Boolean.class) return typed("boolean");
        if (type == double.class || type == Double.class || type == BigDecimal.class) return typed("number");
        if (type == Instant.class) return formatted("string", "date-time");
        if (type == LocalDate.class) return formatted("string", "date");
        if (type == URI.class) return formatted("string", "uri");
        if (type == Object.class || JsonNode.class.isAssignableFrom(type)) return JSON.objectNode();
        if (type == Map.class) return typed("object");
        throw new IllegalArgumentException("no schema for " + type);
    }

    private ObjectNode reference(Class<?> type, Direction direction) {
        var key = new Key(type, direction);
        var name = names.get(key);
        if (name == null) {
            boolean hasResponse =
                    direction == Direction.REQUEST && names.containsKey(new Key(type, Direction.RESPONSE));
            name = type.getSimpleName() + (hasResponse ? INPUT : "");
            if (named.containsKey(name))
                throw new IllegalStateException(
                        "two schemas are named " + name + ": rename the record " + type.getName());
            names.put(key, name);
            named.put(name, JSON.objectNode());
            named.put(name, record(type, direction));
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode record(Class<?> type, Direction direction) {
        var schema = typed("object");
        var properties = schema.putObject("properties");
        var required = JSON.arrayNode();
        addComponents(type, direction, properties, required);
        if (!required.isEmpty()) schema.set("required", required);
        if (direction == Direction.REQUEST) schema.put("additionalProperties", false);
        return schema;
    }

    private void addComponents(Class<?> type, Direction direction, ObjectNode properties, ArrayNode required) {
        for (var component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                addComponents(component.getType(), direction, properties, required);
                continue;
            }
            var constraints = constraints(component);
            var schema = constrained(component.getAnnotatedType(), constraints, direction);
            Descriptions.ofProperty(type, component.getName()).ifPresent(it -> schema.put("description", it));
            properties.set(component.getName(), schema);
            if (isRequired(component, constraints, direction)) required.add(component.getName());
        }
    }

    private static boolean isRequired(
            RecordComponent component, Map<Class<? extends Annotation>, Annotation> constraints, Direction direction) {
        var type = component.getType();
        if (type == Optional.class || type == OptionalInt.class || type == OptionalLong.class) return false;
        return direction == Direction.RESPONSE
                || type.isPrimitive()
                || constraints.keySet().stream().anyMatch(Constraints::isRequired);
    }

    private ObjectNode constrained(
            AnnotatedType type, Map<Class<? extends Annotation>, Annotation> constraints, Direction direction) {
        var schema = of(type.getType(), direction);
        if (type instanceof AnnotatedParameterizedType generic) {
            var inner = generic.getAnnotatedActualTypeArguments();
            if (((Class<?>) ((ParameterizedType) type.getType()).getRawType()) == Optional.class)
                return constrained(inner[0], merged(constraints, inner[0]), direction);
            if (schema.has("items")) schema.set("items", constrained(inner[0], merged(Map.of(), inner[0]), direction));
        }
        constraints.values().forEach(constraint -> Constraints.apply(constraint, schema));
        return schema;
    }

    /** The constraints of a component's accessor and of its type. */
    private static Map<Class<? extends Annotation>, Annotation> constraints(RecordComponent component) {
        var all = new LinkedHashMap<Class<? extends Annotation>, Annotation>();
        for (var annotation : component.getAccessor().getAnnotations())
            all.put(annotation.annotationType(), annotation);
        return merged(all, component.getAnnotatedType());
    }

    private static Map<Class<? extends Annotation>, Annotation> merged(
            Map<Class<? extends Annotation>, Annotation> constraints, AnnotatedType type) {
        var all = new LinkedHashMap<>(constraints);
        for (var annotation : type.getAnnotations()) all.put(annotation.annotationType(), annotation);
        return all;
    }

    private ObjectNode oneOf(Class<?> type, Direction direction) {
        var schema = JSON.objectNode();
        var choices = schema.putArray("oneOf");
        for (var permitted : type.getPermittedSubclasses()) choices.add(of(permitted, direction));
        return schema;
    }

    private static ObjectNode enumerated(Class<?> type) {
        var schema = typed("string");
        var values = schema.putArray("enum");
        for (var value : type.getEnumConstants()) values.add(((Enum<?>) value).name());
        return schema;
    }

    private static ObjectNode formatted(String type, String format) {
        return typed(type).put("format", format);
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }
}
