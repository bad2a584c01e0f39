package io.guildhall.projections.store;

import io.guildhall.projections.Start;
import io.guildhall.projections.View;
import java.util.List;
import java.util.Optional;

/**
 * A view, process or relay that runs.
 *
 * @param kinds the names of the aggregates that it follows
 * @param start where it starts to read a kind that it has not followed before
 * @param view empty if it is not a view
 */
record Follower(String name, Type type, List<String> kinds, Start start, Optional<View> view) {
    /** What operators see. */
    enum Type {
        VIEW,
        PROCESS,
        RELAY
    }
}
