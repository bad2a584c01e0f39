package io.guildhall.domain.abusereport;

import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a reported message has said until it was reported, also if its author has edited or deleted it. Stored in
 * events.
 *
 * @param texts as it was posted and after each edit, oldest first
 */
public record MessageHistory(List<Version> texts, Optional<Instant> deletedAt) {
    public record Version(
            @Personal(of = "conduct.accusedId") String text, Instant at) {}

    public MessageHistory {
        texts = List.copyOf(texts);
    }
}
