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
 * Divides a list into pages by a key that is unique and does not change while a row is in the list. A page starts after
 * the key of the last row of the page before, so rows that are added or removed in the meantime neither repeat nor hide
 * another row.
 *
 * @param list the list's name in its cursors; a cursor is valid only for the list that returned it, and only with the
 *     same {@linkplain Page.Request#selection selection}
 * @param first a key that sorts before all rows: its parts are instants, texts and longs
 * @param key returns the key of a row, with parts of the same types
 */
public record Keyset<T>(String list, List<?> first, Function<T, List<?>> key) {
    private static final String SEPARATOR = "\n";
    private static final long MAX_MICROS = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond() * 1_000_000;

    /** Returns up to {@code limit} rows after a key, in the order of the list. */
    @FunctionalInterface
    public interface Rows<T> {
        List<T> after(List<?> key, int limit) throws SQLException;
    }

    /**
     * Returns the key after which the page starts.
     *
     * @throws InvalidCursorException if the cursor was not returned by a page of this list with the same selection
     */
    public List<?> start(Page.Request request) {
        return request.cursor()
                .<List<?>>map(cursor -> parse(cursor, request.selection()))
                .orElse(first);
    }

    /** @throws InvalidCursorException if the cursor was not returned by a page of this list with the same selection */
    public Page<T> page(Page.Request request, Rows<T> rows) throws SQLException {
        var fetched = rows.after(start(request), request.limit() + 1);
        if (fetched.size() <= request.limit()) return new Page<>(fetched, Optional.empty());
        var items = fetched.subList(0, request.limit());
        return new Page<>(items, Optional.of(cursor(request.selection(), key.apply(items.getLast()))));
    }

    private String cursor(String selection, List<?> parts) {
        var text = parts.stream()
                .map(Keyset::text)
                .collect(Collectors.joining(SEPARATOR, list + SEPARATOR + selection + SEPARATOR, ""));
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(Object part) {
        return part instanceof Instant at
                ? Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                : part.toString();
    }

    private List<Object> parse(String cursor, String selection) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            // The decoder accepts padding, and bits without a meaning in the last character.
            if (!encoded(bytes).equals(cursor)) throw new InvalidCursorException();
            var parts = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (parts.length != first.size() + 2 || !parts[0].equals(list) || !parts[1].equals(selection))
                throw new InvalidCursorException();
            var key = new ArrayList<>();
            for (int i = 0; i < first.size(); i++) key.add(part(first.get(i), parts[i + 2]));
            return key;
        } catch (InvalidCursorException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
    }

    private static Object part(Object sample, String text) {
        return switch (sample) {
            case Instant _ -> {
                long micros = Long.parseLong(text);
                if (micros < 0 || micros > MAX_MICROS) throw new InvalidCursorException();
                yield Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            }
            case Long _ -> Long.valueOf(text);
            default -> text;
        };
    }
}
