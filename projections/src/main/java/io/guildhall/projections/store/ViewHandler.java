package io.guildhall.projections.store;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Applies events to a view: all of them, or none. Announces the changes of accounts' lists. */
final class ViewHandler implements EventHandler {
    private final View view;
    private final Map<String, View.Subscription<?>> subscriptions = new HashMap<>();

    private final boolean announcesLists;
    private final Consumer<Set<String>> changedAccounts;

    /** For a rebuild: the lists have not changed. */
    static ViewHandler ofRebuild(View view) {
        return new ViewHandler(view, false, _ -> {});
    }

    /** @param changedAccounts is called after a commit, with the accounts whose lists have changed */
    static ViewHandler announcing(View view, Consumer<Set<String>> changedAccounts) {
        return new ViewHandler(view, true, changedAccounts);
    }

    private ViewHandler(View view, boolean announcesLists, Consumer<Set<String>> changedAccounts) {
        this.view = view;
        this.announcesLists = announcesLists;
        this.changedAccounts = changedAccounts;
        view.follows().forEach(on -> subscriptions.put(on.aggregate().name(), on));
    }

    @Override
    public void handle(List<Envelope> events, Progress progress) throws SQLException {
        var changes = new ArrayList<ListChange>();
        progress.moveAfter(events, connection -> {
            changes.clear();
            changes.addAll(apply(connection, events));
            ListChangeTable.add(connection, changes);
        });
        if (changes.isEmpty()) return;
        changedAccounts.accept(changes.stream().map(ListChange::accountId).collect(Collectors.toSet()));
    }

    /** The events of each kind together: the order between entities does not matter. */
    private List<ListChange> apply(Connection connection, List<Envelope> events) throws SQLException {
        view.lock(connection, events.stream().<Recorded<?>>map(this::recorded).toList());
        var byKind =
                events.stream().collect(Collectors.groupingBy(Envelope::kind, LinkedHashMap::new, Collectors.toList()));
        var changes = new ArrayList<ListChange>();
        for (var it : byKind.values()) changes.addAll(apply(subscription(it.getFirst()), connection, it));
        return changes;
    }

    private View.Subscription<?> subscription(Envelope event) {
        return requireNonNull(subscriptions.get(event.kind()));
    }

    private Recorded<?> recorded(Envelope event) {
        return event.recorded(subscription(event).aggregate().events());
    }

    private <E> List<ListChange> apply(View.Subscription<E> on, Connection connection, List<Envelope> events)
            throws SQLException {
        var recorded =
                events.stream().map(it -> it.recorded(on.aggregate().events())).toList();
        on.applier().applyAll(connection, recorded);
        return announcesLists ? view.listChanges(connection, on.aggregate().name(), List.copyOf(recorded)) : List.of();
    }
}
