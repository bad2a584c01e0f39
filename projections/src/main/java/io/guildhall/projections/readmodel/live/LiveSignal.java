package io.guildhall.projections.readmodel.live;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Notifies all nodes that a view has changed something about an account, after the change is committed. Its key is sent
 * like the persistence ids of entities with new events.
 */
public record LiveSignal(Kind kind, String accountId) {
    /** What has changed. */
    public enum Kind {
        /** The channel {@code me} has a new event. */
        ME,
        /** The counters of the account. */
        COUNTERS,
        /** Whether the account hides its presence. */
        PRESENCE,
        /** The account blocks another one, or is blocked, or no longer. */
        BLOCKS;

        /** No aggregate has this name. */
        private final String prefix = "live-" + name().toLowerCase(Locale.ROOT) + "|";
    }

    public String key() {
        return kind.prefix + accountId;
    }

    /** Empty if it is the key of something else, such as an entity. */
    public static Optional<LiveSignal> parse(String key) {
        return Stream.of(Kind.values())
                .filter(it -> key.startsWith(it.prefix))
                .findFirst()
                .map(it -> new LiveSignal(it, key.substring(it.prefix.length())));
    }
}
