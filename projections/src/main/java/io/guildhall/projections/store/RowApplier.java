package io.guildhall.projections.store;

import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.VersionedTable.Versioned;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies the events of one aggregate to a table with one row for each entity. A pure function computes each row from
 * the row before and the event, in memory: one statement reads the rows that exist and one batch writes those that have
 * changed, however many events there are. An event that a row includes already changes nothing.
 */
public final class RowApplier<R extends Record, E> implements View.Applier<E> {
    @FunctionalInterface
    public interface Next<R, E> {
        /**
         * @param row empty before the first event
         * @return the row that includes the event; empty if there is none
         */
        Optional<R> after(Optional<R> row, Recorded<E> recorded);
    }

    private final VersionedTable<R> table;
    private final RecordColumns<R> columns;
    private final Next<R, E> next;

    /** @param columns of the table, all but {@code version}; the column {@code id} has the entity's id */
    public RowApplier(VersionedTable<R> table, RecordColumns<R> columns, Next<R, E> next) {
        this.table = table;
        this.columns = columns;
        this.next = next;
    }

    @Override
    public void apply(Connection connection, Recorded<E> recorded) throws SQLException {
        applyAll(connection, List.of(recorded));
    }

    @Override
    public void applyAll(Connection connection, List<Recorded<E>> recorded) throws SQLException {
        var rows = existing(connection, recorded);
        var changed = new HashMap<String, Versioned<R>>();
        for (var it : recorded) {
            var before = Optional.ofNullable(rows.get(it.entityId()));
            if (before.isPresent() && before.get().version() >= it.sequence()) continue;
            next.after(before.map(Versioned::row), it).ifPresent(row -> {
                var after = new Versioned<>(row, it.sequence());
                rows.put(it.entityId(), after);
                changed.put(it.entityId(), after);
            });
        }
        table.replaceAll(connection, changed.values());
    }

    /**
     * Skips entities whose first event is in the batch: usually they have no row yet, and a row that already includes
     * later events is not replaced.
     */
    private Map<String, Versioned<R>> existing(Connection connection, List<Recorded<E>> recorded) throws SQLException {
        var rows = new HashMap<String, Versioned<R>>();
        var started = new HashSet<String>();
        var others = new HashSet<String>();
        for (var it : recorded) {
            if (it.sequence() == 1) started.add(it.entityId());
            else if (!started.contains(it.entityId())) others.add(it.entityId());
        }
        if (!others.isEmpty()) rows.putAll(table.find(connection, columns, List.copyOf(others)));
        return rows;
    }
}
