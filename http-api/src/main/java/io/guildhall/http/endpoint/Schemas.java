package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.stream.Stream;

/**
 * JSON schemas of wire records, read off their components, types and Jakarta constraints. A record has one schema under one name, whichever
 * endpoints give it, and another where it is taken: read what is given first, so that it has the plain name.
 */
final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Which way a record goes: all that is given is there unless optional; of what is taken, only what is constrained to be. */
    enum Way {
        TAKEN,
        GIVEN
    }

    private record Key(Class<?> type, Way way) {}

    private final Map<Key, String> names = new HashMap<>();
    private final Map<String, ObjectNode> named = new TreeMap<>();

    /** All schemas that were referred to so far, by name. */
    Map<String, ObjectNode> named() {
        return named;
    }

    /** A schema that stands alone, or refers to a named one. */
    ObjectNode of(Type type, Way way) {
        return switch (type) {
            case Class<?> plain -> of(plain, way);
            case ParameterizedType generic -> of(generic, way);
            default -> throw new IllegalArgumentException("no schema for " + type);
        };
    }

    private ObjectNode of(ParameterizedType type, Way way) {
        var raw = (Class<?>) type.getRawType();
        var inner = type.getActualTypeArguments();
        if (raw == Optional.class) return of(inner[0], way);
        if (Collection.class.isAssignableFrom(raw)) {
            var array = typed("array");
            array.set("items", of(inner[0], way));
            return array;
        }
        if (Map.class.isAssignableFrom(raw)) {
            var map = typed("object");
            map.set("additionalProperties", of(inner[1], way));
            return map;
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private ObjectNode of(Class<?> type, Way way) {
        if (type.isRecord()) return reference(type, way);
        if (type.isEnum()) return enumerated(type);
        if (type.isSealed()) return oneOf(type, way);
        if (type == String.class) return typed("string");
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

    private ObjectNode reference(Class<?> type, Way way) {
        var key = new Key(type, way);
        var name = names.get(key);
        if (name == null) {
            name = free(type, names.containsKey(new Key(type, other(way))) ? "Input" : "");
            names.put(key, name);
            named.put(name, JSON.objectNode());
            named.put(name, record(type, way));
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    private static Way other(Way way) {
        return way == Way.TAKEN ? Way.GIVEN : Way.TAKEN;
    }

    /** The plain name where it is free, else with that of its concept before it, or a number after. */
    private String free(Class<?> type, String suffix) {
        var concept = type.getPackageName().replaceAll(".*\\.", "");
        var plain = type.getSimpleName() + suffix;
        var longer = Character.toUpperCase(concept.charAt(0)) + concept.substring(1) + plain;
        return Stream.concat(
                        Stream.of(plain, longer), Stream.iterate(2, n -> n + 1).map(n -> longer + n))
                .filter(it -> !named.containsKey(it))
                .findFirst()
                .orElseThrow();
    }

    private ObjectNode record(Class<?> type, Way way) {
        var schema = typed("object");
        var properties = schema.putObject("properties");
        var required = JSON.arrayNode();
        for (var component : type.getRecordComponents()) {
            var constraints = constraints(component);
            properties.set(component.getName(), constrained(component.getAnnotatedType(), constraints, way));
            if (isRequired(component, constraints, way)) required.add(component.getName());
        }
        if (!required.isEmpty()) schema.set("required", required);
        if (way == Way.TAKEN) schema.put("additionalProperties", false);
        return schema;
    }

    private static boolean isRequired(
            RecordComponent component, Map<Class<? extends Annotation>, Annotation> constraints, Way way) {
        var type = component.getType();
        if (type == Optional.class || type == OptionalInt.class || type == OptionalLong.class) return false;
        return way == Way.GIVEN
                || type.isPrimitive()
                || constraints.keySet().stream().anyMatch(Constraints::demands);
    }

    private ObjectNode constrained(
            AnnotatedType type, Map<Class<? extends Annotation>, Annotation> constraints, Way way) {
        var schema = of(type.getType(), way);
        if (type instanceof AnnotatedParameterizedType generic) {
            var inner = generic.getAnnotatedActualTypeArguments();
            if (((Class<?>) ((ParameterizedType) type.getType()).getRawType()) == Optional.class)
                return constrained(inner[0], merged(constraints, inner[0]), way);
            if (schema.has("items")) schema.set("items", constrained(inner[0], merged(Map.of(), inner[0]), way));
        }
        constraints.values().forEach(constraint -> Constraints.apply(constraint, schema));
        return schema;
    }

    /** A constraint sits on the component's accessor, its type, or both. */
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

    private ObjectNode oneOf(Class<?> type, Way way) {
        var schema = JSON.objectNode();
        var choices = schema.putArray("oneOf");
        for (var permitted : type.getPermittedSubclasses()) choices.add(of(permitted, way));
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
