package io.guildhall.projections.store;

import io.guildhall.projections.readmodel.InvalidCursorException;
import io.guildhall.projections.readmodel.Page;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a list is cut into pages: by a key that no two rows share and that never changes while a row is in the list. A page goes on after the
 * key of the last row before it, so what is added or goes meanwhile neither repeats nor hides another row.
 *
 * @param list names it in its cursors, which fit no other list
 * @param before a key that stands before all rows: its parts are instants, texts and longs
 * @param key of a row, with the same parts
 */
public record Keyset<T>(String list, List<?> before, Function<T, List<?>> key) {
    private static final String GLUE = "\n";
    private static final long FAR = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond() * 1_000_000;

    /** Rows in the list's order. */
    @FunctionalInterface
    public interface Rows<T> {
        List<T> after(List<?> key, int limit) throws SQLException;
    }

    /**
     * Returns the key after which the page starts.
     *
     * @throws InvalidCursorException if the cursor is not from a page of this list
     */
    public List<?> start(Page.Request request) {
        return request.cursor().<List<?>>map(this::read).orElse(before);
    }

    /** @throws InvalidCursorException if the cursor is not from a page of this list */
    public Page<T> page(Page.Request request, Rows<T> rows) throws SQLException {
        var found = rows.after(start(request), request.limit() + 1);
        if (found.size() <= request.limit()) return new Page<>(found, Optional.empty());
        var shown = found.subList(0, request.limit());
        return new Page<>(shown, Optional.of(write(key.apply(shown.getLast()))));
    }

    private String write(List<?> parts) {
        var text = parts.stream().map(Keyset::text).collect(Collectors.joining(GLUE, list + GLUE, ""));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Object part) {
        return part instanceof Instant at
                ? Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                : part.toString();
    }

    private List<Object> read(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(GLUE, -1);
            if (parts.length != before.size() + 1 || !parts[0].equals(list)) throw new InvalidCursorException();
            var key = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) key.add(part(before.get(i), parts[i + 1]));
            return key;
        } catch (InvalidCursorException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
    }

    private static Object part(Object like, String text) {
        return switch (like) {
            case Instant _ -> {
                long micros = Long.parseLong(text);
                if (micros < 0 || micros > FAR) throw new InvalidCursorException();
                yield Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            }
            case Long _ -> Long.valueOf(text);
            default -> text;
        };
    }
}
