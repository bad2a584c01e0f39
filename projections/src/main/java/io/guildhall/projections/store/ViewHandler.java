package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Applies events to a view: all of them, or none. */
final class ViewHandler implements EventHandler {
    private final View view;
    private final Map<String, View.Subscription<?>> subscriptions = new HashMap<>();

    ViewHandler(View view) {
        this.view = view;
        view.follows().forEach(on -> subscriptions.put(on.aggregate().name(), on));
    }

    @Override
    public void handle(List<Envelope> events, Progress progress) throws SQLException {
        progress.moveAfter(events, connection -> apply(connection, events));
    }

    /** The events of each kind together: the order between entities does not matter. */
    private void apply(Connection connection, List<Envelope> events) throws SQLException {
        view.lock(connection, events.stream().<Recorded<?>>map(this::recorded).toList());
        var byKind =
                events.stream().collect(Collectors.groupingBy(Envelope::kind, LinkedHashMap::new, Collectors.toList()));
        for (var it : byKind.values()) apply(subscription(it.getFirst()), connection, it);
    }

    private View.Subscription<?> subscription(Envelope event) {
        return requireNonNull(subscriptions.get(event.kind()));
    }

    private Recorded<?> recorded(Envelope event) {
        return event.recorded(subscription(event).aggregate().events());
    }

    private static <E> void apply(View.Subscription<E> on, Connection connection, List<Envelope> events)
            throws SQLException {
        var recorded =
                events.stream().map(it -> it.recorded(on.aggregate().events())).toList();
        on.applier().applyAll(connection, recorded);
    }
}
