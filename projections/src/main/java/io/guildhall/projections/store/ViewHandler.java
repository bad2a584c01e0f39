package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.live.LiveSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Applies events to a view: all of them, or none. Records the changes of accounts' lists, and sends signals to all
 * nodes.
 */
final class ViewHandler implements EventHandler {
    private final View view;
    private final Map<String, View.Subscription<?>> subscriptions = new HashMap<>();

    private final boolean announces;
    private final Consumer<Set<LiveSignal>> signals;

    /** For a rebuild: the lists have not changed. */
    static ViewHandler ofRebuild(View view) {
        return new ViewHandler(view, false, _ -> {});
    }

    /** @param signals is called after a commit, with the signals of its changes */
    static ViewHandler announcing(View view, Consumer<Set<LiveSignal>> signals) {
        return new ViewHandler(view, true, signals);
    }

    private ViewHandler(View view, boolean announces, Consumer<Set<LiveSignal>> signals) {
        this.view = view;
        this.announces = announces;
        this.signals = signals;
        view.follows().forEach(on -> subscriptions.put(on.aggregate().name(), on));
    }

    @Override
    public void handle(List<Envelope> events, Progress progress) throws SQLException {
        var changed = new HashSet<LiveSignal>();
        progress.moveAfter(events, connection -> {
            changed.clear();
            changed.addAll(apply(connection, events));
        });
        if (!changed.isEmpty()) signals.accept(changed);
    }

    /** The events of each kind together: the order between entities does not matter. */
    private Set<LiveSignal> apply(Connection connection, List<Envelope> events) throws SQLException {
        view.lock(connection, events.stream().<Recorded<?>>map(this::recorded).toList());
        var byKind =
                events.stream().collect(Collectors.groupingBy(Envelope::kind, LinkedHashMap::new, Collectors.toList()));
        var changes = new ArrayList<ListChange>();
        var changed = new HashSet<LiveSignal>();
        for (var it : byKind.values()) {
            var on = subscription(it.getFirst());
            var recorded = apply(on, connection, it);
            if (!announces) continue;
            changes.addAll(view.listChanges(connection, on.aggregate().name(), recorded));
            changed.addAll(view.signals(connection, on.aggregate().name(), recorded));
        }
        ListChangeTable.add(connection, changes);
        for (var it : changes) changed.add(new LiveSignal(LiveSignal.Kind.ME, it.accountId()));
        return changed;
    }

    private View.Subscription<?> subscription(Envelope event) {
        return requireNonNull(subscriptions.get(event.kind()));
    }

    private Recorded<?> recorded(Envelope event) {
        return event.recorded(subscription(event).aggregate().events());
    }

    private static <E> List<Recorded<?>> apply(View.Subscription<E> on, Connection connection, List<Envelope> events)
            throws SQLException {
        var recorded =
                events.stream().map(it -> it.recorded(on.aggregate().events())).toList();
        on.applier().applyAll(connection, recorded);
        return List.copyOf(recorded);
    }
}
