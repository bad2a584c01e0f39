package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private void apply(Connection connection, List<Envelope> events) throws SQLException {
        view.lock(connection, events.stream().<Recorded<?>>map(this::recorded).toList());
        for (int from = 0; from < events.size(); ) {
            int to = endOfRun(events, from);
            apply(subscription(events.get(from)), connection, events.subList(from, to));
            from = to;
        }
    }

    private View.Subscription<?> subscription(Envelope event) {
        return requireNonNull(subscriptions.get(event.kind()));
    }

    private Recorded<?> recorded(Envelope event) {
        return event.recorded(subscription(event).aggregate().events());
    }

    /** The index of the next event of another kind of aggregate. */
    private static int endOfRun(List<Envelope> events, int from) {
        int to = from + 1;
        while (to < events.size()
                && events.get(to).kind().equals(events.get(from).kind())) to++;
        return to;
    }

    private static <E> void apply(View.Subscription<E> on, Connection connection, List<Envelope> run)
            throws SQLException {
        var recorded =
                run.stream().map(it -> it.recorded(on.aggregate().events())).toList();
        on.applier().applyAll(connection, recorded);
    }
}
