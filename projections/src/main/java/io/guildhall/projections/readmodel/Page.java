package io.guildhall.projections.readmodel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some rows of a list, and where to go on. Following {@code next} to the end, one meets each row once that was there from the beginning and
 * still belongs to the list, whatever is added meanwhile.
 *
 * @param next the cursor of the following page; nothing on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    public <U> Page<U> map(Function<? super T, ? extends U> each) {
        return new Page<>(items.stream().<U>map(each).toList(), next);
    }

    /**
     * Which part of a list is asked for. A query fails with {@link InvalidCursorException} where no page of that list gave the cursor.
     *
     * @param limit rows at most, 1 to {@value #MAX_LIMIT}
     * @param cursor where the page before ended; nothing for the first
     */
    public record Request(int limit, Optional<String> cursor) {
        public static final int MAX_LIMIT = 100;
        public static final int DEFAULT_LIMIT = 20;

        public Request {
            if (limit < 1 || limit > MAX_LIMIT) throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
        }
    }
}
