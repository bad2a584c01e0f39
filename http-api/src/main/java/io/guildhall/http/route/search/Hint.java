package io.guildhall.http.route.search;

import java.util.List;
import java.util.Optional;

/** What to try where nothing was found. */
final class Hint {
    private Hint() {}

    static Optional<String> of(List<?> items) {
        return items.isEmpty()
                ? Optional.of(
                        "Nothing fits. Say it in other or fewer words, name a skill such as \"web design\", or leave out a filter.")
                : Optional.empty();
    }
}
