package io.guildhall.projections.readmodel.live;

import io.guildhall.kernel.Ids;
import java.util.Optional;

/**
 * A sequence of events to which a client can subscribe.
 *
 * @param id of the account, room, contract or job
 */
public record Channel(Kind kind, String id) {
    /** The names of all channels, for error messages. */
    public static final String FORMS = "me, room:{roomId}, contract:{contractId} or job:{jobId}";

    private static final String ME = "me";

    /** The kinds of channels. */
    public enum Kind {
        /** The notifications of one account, and changes of its lists. */
        ME("acc"),
        ROOM("rm"),
        CONTRACT("ctr"),
        JOB("job");

        private final String idPrefix;

        Kind(String idPrefix) {
            this.idPrefix = idPrefix;
        }

        private String prefix() {
            return name().toLowerCase(java.util.Locale.ROOT) + ":";
        }
    }

    public static Channel of(Kind kind, String id) {
        return new Channel(kind, id);
    }

    public static Channel me(String accountId) {
        return new Channel(Kind.ME, accountId);
    }

    /**
     * Parses the name that clients use.
     *
     * @param accountId of the client, to which {@code me} refers
     * @return empty if it is not the name of a channel
     */
    public static Optional<Channel> parse(String name, String accountId) {
        if (name.equals(ME)) return Optional.of(me(accountId));
        for (var kind : Kind.values()) {
            if (kind == Kind.ME || !name.startsWith(kind.prefix())) continue;
            var id = name.substring(kind.prefix().length());
            return Ids.isWellFormed(kind.idPrefix, id) ? Optional.of(of(kind, id)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether a name has the form of a channel's name. The channel need not exist. */
    public static boolean isWellFormed(String name) {
        return parse(name, "").isPresent();
    }

    /**
     * Returns the channel that has new events according to a signal.
     *
     * @param key of the signal: a persistence id, or that of a {@link LiveSignal}
     */
    public static Optional<Channel> ofSignal(String key) {
        var signal = LiveSignal.parse(key);
        if (signal.isPresent())
            return signal.filter(it -> it.kind() == LiveSignal.Kind.ME).map(it -> me(it.accountId()));
        int separator = key.indexOf('|');
        if (separator < 0) return Optional.empty();
        var id = key.substring(separator + 1);
        return switch (key.substring(0, separator)) {
            case "room" -> Optional.of(of(Kind.ROOM, id));
            case "contract" -> Optional.of(of(Kind.CONTRACT, id));
            case "job" -> Optional.of(of(Kind.JOB, id));
            default -> Optional.empty();
        };
    }

    /** The name that clients use: {@code me}, {@code room:rm_…}, {@code contract:ctr_…} or {@code job:job_…}. */
    public String name() {
        return kind == Kind.ME ? ME : kind.prefix() + id;
    }
}
