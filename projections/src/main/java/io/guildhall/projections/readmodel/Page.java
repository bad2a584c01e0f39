package io.guildhall.projections.readmodel;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a list, and where to go on.
 *
 * @param next the cursor of the following page; nothing on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /**
     * Which part of a list is asked for.
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
