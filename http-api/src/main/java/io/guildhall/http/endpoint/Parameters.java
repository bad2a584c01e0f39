package io.guildhall.http.endpoint;

import io.guildhall.http.endpoint.Endpoint.Query;
import io.guildhall.kernel.PlainText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What stands in a path and behind its question mark: unescaped, and held to the same rule as the texts in a body before anyone sees it. */
final class Parameters {
    private static final int LENGTH = 500;

    private Parameters() {}

    /** @param escaped by name, as they stand in the path */
    static Map<String, String> ofPath(Map<String, String> escaped) {
        var known = new HashMap<String, String>();
        escaped.forEach((name, value) -> known.put(name, checked("bad-path", name, unescaped(value))));
        return known;
    }

    /** Those that the endpoint asks for, each given once at most; the others are passed over. */
    static Map<String, String> ofQuery(Operation<?> operation, HttpRequest request) {
        if (operation.queries().isEmpty()) return Map.of();
        var raw = request.getUri().rawQueryString().filter(it -> !it.isEmpty());
        if (raw.isEmpty()) return Map.of();
        var names = operation.queries().stream().map(Query::name).collect(Collectors.toSet());
        var known = new HashMap<String, String>();
        for (var pair : raw.get().split("&")) {
            int end = pair.contains("=") ? pair.indexOf('=') : pair.length();
            var name = unescaped(spaced(pair.substring(0, end)));
            if (name.isEmpty())
                throw new Problem(400, "bad-query", "What follows the question mark is not well-formed.");
            if (!names.contains(name.get())) continue;
            var value = unescaped(spaced(pair.substring(Math.min(end + 1, pair.length()))));
            if (known.put(name.get(), checked("bad-query", name.get(), value)) != null)
                throw new Problem(400, "bad-query", name.get() + " is given more than once.");
        }
        return known;
    }

    private static String checked(String code, String name, Optional<String> value) {
        return value.filter(it -> it.length() <= LENGTH && PlainText.is(it))
                .orElseThrow(() -> new Problem(
                        400,
                        code,
                        name + " is a text in escaped UTF-8, without control characters, of at most " + LENGTH
                                + " characters."));
    }

    private static String spaced(String escaped) {
        return escaped.replace('+', ' ');
    }

    /** Nothing where an escape is broken, or what is escaped is not UTF-8. */
    private static Optional<String> unescaped(String escaped) {
        if (escaped.indexOf('%') < 0) return Optional.of(escaped);
        var from = escaped.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] != '%') {
                bytes.write(from[i]);
            } else {
                if (i + 2 >= from.length || !HexFormat.isHexDigit(from[i + 1]) || !HexFormat.isHexDigit(from[i + 2]))
                    return Optional.empty();
                bytes.write(HexFormat.fromHexDigit(from[++i]) << 4 | HexFormat.fromHexDigit(from[++i]));
            }
        }
        return Utf8.text(bytes.toByteArray());
    }
}
