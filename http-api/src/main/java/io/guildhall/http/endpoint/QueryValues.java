package io.guildhall.http.endpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The query parameters of one request, after all checks: each is declared by the endpoint, occurs once and parses.
 *
 * @param declared by the endpoint
 * @param raw unescaped values by name
 */
public record QueryValues(List<Query<?>> declared, Map<String, String> raw) {
    static final int MAX_LENGTH = 500;

    /** @throws Problem 400 if a parameter is malformed, undeclared, repeated, missing or has a wrong value */
    public static QueryValues parse(List<Query<?>> declared, Optional<String> queryString) {
        var raw = new HashMap<String, String>();
        for (var pair : queryString.orElse("").split("&")) if (!pair.isEmpty()) add(declared, raw, pair);
        for (var query : declared) query.parse(Optional.ofNullable(raw.get(query.name())));
        return new QueryValues(declared, Map.copyOf(raw));
    }

    private static void add(List<Query<?>> declared, Map<String, String> raw, String pair) {
        int end = pair.contains("=") ? pair.indexOf('=') : pair.length();
        var name = Escapes.decodeQuery(pair.substring(0, end))
                .orElseThrow(
                        () -> problem("The query string is malformed: a name is not valid percent-encoded UTF-8."));
        if (declared.stream().noneMatch(it -> it.name().equals(name))) throw undeclared(declared, name);
        var value = Escapes.decodeQuery(pair.substring(Math.min(end + 1, pair.length())));
        if (raw.put(name, Escapes.plainText("bad-query", name, value)) != null)
            throw problem(name + " must be given at most once.");
    }

    private static Problem undeclared(List<Query<?>> declared, String name) {
        var known = declared.stream().map(Query::name).collect(Collectors.joining(", "));
        return problem("Unknown query parameter: %s. %s"
                .formatted(
                        Escapes.printable(name),
                        known.isEmpty()
                                ? "This endpoint has no query parameters."
                                : "Known parameters: " + known + "."));
    }

    private static Problem problem(String detail) {
        return new Problem(400, "bad-query", detail);
    }

    /** The parsed values that decide which rows are in a list, by name. */
    SortedMap<String, String> selecting() {
        var values = new TreeMap<String, String>();
        for (var query : declared)
            if (query.isSelecting()) values.put(query.name(), String.valueOf(getIfDeclared(query)));
        return values;
    }

    /** @throws IllegalArgumentException if the endpoint does not declare the query */
    public <T> T get(Query<T> query) {
        if (!declared.contains(query)) throw new IllegalArgumentException("undeclared query " + query.name());
        return getIfDeclared(query);
    }

    /** Returns the value of an absent parameter if the endpoint does not declare the query. */
    public <T> T getIfDeclared(Query<T> query) {
        return query.parse(Optional.ofNullable(raw.get(query.name())));
    }
}
