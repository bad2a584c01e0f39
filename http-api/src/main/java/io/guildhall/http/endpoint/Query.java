package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.projections.readmodel.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A query parameter as a value: it parses, describes itself in the OpenAPI document and rejects wrong values with a
 * 400. An endpoint declares the queries that it knows; any other one in a request is rejected. A query has one
 * constant, which endpoints and handlers share.
 *
 * @param <T> what a handler gets
 */
public sealed interface Query<T> {
    Query<Integer> LIMIT = integer("limit", 1, Page.Request.MAX_LIMIT, "Maximum number of items in the page.")
            .rejectedAs("bad-page")
            .changeableBetweenPages()
            .orElse(Page.Request.DEFAULT_LIMIT);

    Query<Optional<String>> CURSOR = optional(
                    "cursor",
                    "The next value of the previous page, which was requested with the same filters. Leave it out for the first page.",
                    QueryFormat.cursor(QueryValues.MAX_LENGTH))
            .changeableBetweenPages();

    /** Text of 1 to this many characters, without surrounding white space. */
    static OptionalQuery<String> text(String name, int maxLength, String description) {
        return optional(name, description, QueryFormat.nonBlankText(maxLength));
    }

    /** Text of at most this many characters, without surrounding white space. A blank text counts as absent. */
    static OptionalQuery<String> textOrBlank(String name, int maxLength, String description) {
        return optional(name, description, QueryFormat.text(maxLength));
    }

    static OptionalQuery<Integer> integer(String name, int min, int max, String description) {
        return optional(name, description, QueryFormat.integer(min, max));
    }

    static OptionalQuery<Long> longInteger(String name, long min, long max, String description) {
        return optional(name, description, QueryFormat.longInteger(min, max));
    }

    /** A decimal number with at most this many decimal places. */
    static OptionalQuery<Double> decimal(String name, int min, int max, int decimalPlaces, String description) {
        return optional(name, description, QueryFormat.decimal(min, max, decimalPlaces));
    }

    /** true or false. */
    static OptionalQuery<Boolean> flag(String name, String description) {
        return optional(name, description, QueryFormat.flag());
    }

    /** The name of one constant. */
    static <E extends Enum<E>> OptionalQuery<E> oneOf(String name, Class<E> type, String description) {
        return optional(name, description, QueryFormat.oneOf(type));
    }

    static OptionalQuery<String> oneOf(String name, List<String> values, String description) {
        return optional(name, description, QueryFormat.oneOf(values));
    }

    /** A time in the format of RFC 3339. */
    static OptionalQuery<Instant> instant(String name, String description) {
        return optional(name, description, QueryFormat.instant());
    }

    /** At most {@code maxItems} texts of 1 to {@code maxLength} characters, separated by commas. */
    static OptionalQuery<List<String>> list(String name, int maxItems, int maxLength, String description) {
        return optional(name, description, QueryFormat.list(maxItems, maxLength));
    }

    private static <V> OptionalQuery<V> optional(String name, String description, QueryFormat<V> format) {
        return new OptionalQuery<>(new Definition<>(name, description, "bad-query", true, format));
    }

    Definition<?> definition();

    boolean isRequired();

    /**
     * @param raw the unescaped value; empty if the request does not have the parameter
     * @throws Problem 400 with {@link #problemCode()}
     */
    T parse(Optional<String> raw);

    /** The JSON schema of a value. */
    default ObjectNode schema() {
        return definition().format().schema();
    }

    default String name() {
        return definition().name();
    }

    default String description() {
        return definition().description();
    }

    /** The code of the problem for a wrong value. */
    default String problemCode() {
        return definition().problemCode();
    }

    /** Whether the value must be the same for all pages of a list, because it decides which rows are in the list. */
    default boolean isSelecting() {
        return definition().isSelecting();
    }

    /** What optional, required and defaulted queries have in common. */
    record Definition<V>(
            String name, String description, String problemCode, boolean isSelecting, QueryFormat<V> format) {
        private Optional<V> parse(Optional<String> raw) {
            return raw.filter(it -> !format.isAbsent(it))
                    .map(it -> format.parse(it)
                            .orElseThrow(() -> problem(name + " must be " + format.expectation() + ".")));
        }

        private Problem problem(String detail) {
            return new Problem(400, problemCode, detail);
        }
    }

    record OptionalQuery<V>(Definition<V> definition) implements Query<Optional<V>> {
        public OptionalQuery<V> rejectedAs(String code) {
            return new OptionalQuery<>(new Definition<>(
                    definition.name, definition.description, code, definition.isSelecting, definition.format));
        }

        /** The value may differ from page to page of a list: a cursor does not depend on it. */
        public OptionalQuery<V> changeableBetweenPages() {
            return new OptionalQuery<>(new Definition<>(
                    definition.name, definition.description, definition.problemCode, false, definition.format));
        }

        public Query<V> required() {
            return new RequiredQuery<>(definition);
        }

        public Query<V> orElse(V value) {
            return new DefaultedQuery<>(definition, value);
        }

        @Override
        public boolean isRequired() {
            return false;
        }

        @Override
        public Optional<V> parse(Optional<String> raw) {
            return definition.parse(raw);
        }
    }

    record RequiredQuery<V>(Definition<V> definition) implements Query<V> {
        @Override
        public boolean isRequired() {
            return true;
        }

        @Override
        public V parse(Optional<String> raw) {
            return definition
                    .parse(raw)
                    .orElseThrow(() -> definition.problem("%s is required. It must be %s."
                            .formatted(definition.name, definition.format.expectation())));
        }
    }

    record DefaultedQuery<V>(Definition<V> definition, V value) implements Query<V> {
        @Override
        public boolean isRequired() {
            return false;
        }

        @Override
        public V parse(Optional<String> raw) {
            return definition.parse(raw).orElse(value);
        }

        @Override
        public ObjectNode schema() {
            var schema = Query.super.schema();
            if (!value.equals(List.of())) schema.putPOJO("default", value);
            return schema;
        }
    }
}
