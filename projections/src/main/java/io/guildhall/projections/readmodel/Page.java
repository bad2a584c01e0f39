package io.guildhall.projections.readmodel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some rows of a list and the cursor of the next page. A reader that follows {@code next} to the end gets each row
 * exactly once that is in the list from the first page to the last, even if other rows are added or removed in the
 * meantime.
 *
 * @param next the cursor of the next page; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    public <U> Page<U> map(Function<? super T, ? extends U> each) {
        return new Page<>(items.stream().<U>map(each).toList(), next);
    }

    /**
     * The requested part of a list. The query fails with {@link InvalidCursorException} if the cursor was not returned
     * by a page of that list with the same selection.
     *
     * @param limit the maximum number of rows, 1 to {@value #MAX_LIMIT}
     * @param cursor {@code next} of the previous page; empty for the first page
     * @param selection names what the list was asked for, such as a hash of its filters; without a line break. Cursors
     *     contain it. Empty for a list that has nothing to choose.
     */
    public record Request(int limit, Optional<String> cursor, String selection) {
        public static final int MAX_LIMIT = 100;
        public static final int DEFAULT_LIMIT = 20;

        public Request {
            if (limit < 1 || limit > MAX_LIMIT)
                throw new IllegalArgumentException("the limit must be 1 to " + MAX_LIMIT + ": " + limit);
        }

        public Request(int limit, Optional<String> cursor) {
            this(limit, cursor, "");
        }

        /** Requests the rows after a page of the same list. */
        public Request after(Page<?> page, int newLimit) {
            return new Request(newLimit, page.next, selection);
        }
    }
}
