package io.guildhall.projections.store;

import io.guildhall.projections.Start;
import io.guildhall.projections.View;
import java.util.List;
import java.util.Optional;

/**
 * A view or process that runs.
 *
 * @param kinds the names of the aggregates that it follows
 * @param start where it starts to read a kind that it has not followed before
 */
record Follower(String name, List<String> kinds, Start start, Optional<View> view) {}
