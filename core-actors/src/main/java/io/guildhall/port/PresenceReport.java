package io.guildhall.port;

import static java.util.Comparator.naturalOrder;

import io.guildhall.port.Presence.State;
import io.guildhall.port.Presence.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * A node's report about an account, with the rule that every {@link Presence} follows.
 *
 * @param at in whole milliseconds
 */
public record PresenceReport(State state, Instant at) {

    /** Returns the status of the account that these nodes have reported. */
    public static Status status(Collection<PresenceReport> reports, Instant now) {
        var state = reports.stream()
                .filter(it -> it.at().isAfter(now.minus(Presence.EXPIRY)))
                .map(PresenceReport::state)
                .min(naturalOrder())
                .orElse(State.OFFLINE);
        Optional<Instant> lastSeen = reports.stream()
                .map(PresenceReport::at)
                .filter(it -> it.isAfter(now.minus(Presence.RETENTION)))
                .max(naturalOrder());
        return new Status(state, lastSeen);
    }
}
