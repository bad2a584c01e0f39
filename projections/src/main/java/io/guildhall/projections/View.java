package io.guildhall.projections;

import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes read-model tables from events alone, so that they can be emptied and rebuilt from the first event at any time.
 * Every view is listed in {@code Views.all}.
 */
public interface View {
    /**
     * The name under which the position in the journal is stored. Never changes; under another name, the view starts at
     * the first event.
     */
    String name();

    /**
     * The read-model tables of the view, which {@link #empty} truncates. The schemas {@code embedding} and {@code alert}
     * are not among them. Only this view writes its tables; the queries of any view may join them.
     */
    List<Table<?>> tables();

    /**
     * The aggregates that it follows, each with what it writes for their events. It reads each from the first event, also
     * one that is added later.
     */
    List<Subscription<?>> follows();

    /**
     * Whether it can be rebuilt. False for a view whose tables must never be without a row that they have had, such as
     * the sessions that were ended.
     */
    default boolean isRebuildable() {
        return true;
    }

    /** Deletes all rows of its tables. */
    default void empty(Connection connection) throws SQLException {
        var names = tables().stream().map(Table::name).collect(Collectors.joining(", "));
        Sql.update(connection, "TRUNCATE " + names);
    }

    /**
     * Takes the locks that applying these events needs, before the first of them is applied in the same transaction. A
     * view of which two transactions can change the same rows takes all locks here, in one order, so that the two do not
     * wait for each other.
     */
    default void lock(Connection connection, List<Recorded<?>> events) throws SQLException {}

    /**
     * Applies an event, in the transaction that stores the position. The events of an entity arrive in their order. An
     * event that arrives again must change nothing, also after later events of the entity.
     */
    @FunctionalInterface
    interface Applier<E> {
        void apply(Connection connection, Recorded<E> recorded) throws SQLException;

        /** Applies events that were read together. A view with many events overrides it to send fewer statements. */
        default void applyAll(Connection connection, List<Recorded<E>> recorded) throws SQLException {
            for (var each : recorded) apply(connection, each);
        }
    }

    /** How a view applies the events of one aggregate. */
    record Subscription<E>(Aggregate<?, ?, E, ?> aggregate, Applier<E> applier) {}

    static <E> Subscription<E> on(Aggregate<?, ?, E, ?> aggregate, Applier<E> applier) {
        return new Subscription<>(aggregate, applier);
    }
}
