package io.guildhall.projections;

import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes read-model tables from events alone, so that they can be rebuilt from the first event at any time.
 * Every view is listed in {@code Views.all}.
 */
public interface View {
    /**
     * The name under which the position in the journal is stored. Never changes; under another name, the view starts at
     * the first event.
     */
    String name();

    /**
     * The read-model tables of the view, which a rebuild replaces. The schemas {@code embedding} and {@code alert} are not
     * among them. Only this view writes its tables; the queries of any view may join them. Statements name them without a
     * schema, so that a rebuild can apply events to copies of them.
     */
    List<Table<?>> tables();

    /**
     * The aggregates that it follows, each with what it writes for their events. It reads each from the first event, also
     * one that is added later.
     */
    List<Subscription<?>> follows();

    /**
     * Whether the view can be rebuilt. False if its rows must never disappear, not even temporarily, such as ended
     * sessions.
     */
    default boolean isRebuildable() {
        return true;
    }

    /**
     * The view as a rebuild runs it: it writes the same rows to copies of its tables, and nothing else. A view that also
     * writes to tables that are not its own overrides it.
     */
    default View forRebuild() {
        return this;
    }

    /**
     * Makes the other tables that it writes consistent with its own after a rebuild, in one transaction. Calling it
     * again changes nothing.
     */
    default void alignAfterRebuild(Connection connection) throws SQLException {}

    /**
     * Takes the locks that applying these events needs, before the first of them is applied in the same transaction. A
     * view of which two transactions can change the same rows takes all locks here, in one order, so that the two do not
     * wait for each other.
     */
    default void lock(Connection connection, List<Recorded<?>> events) throws SQLException {}

    /**
     * Returns the changes of accounts' lists that these events of one kind have made. Called after they were applied, in
     * the same transaction; the channels {@code me} of the accounts announce the changes after the commit.
     *
     * @param kind the name of the aggregate
     */
    default List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        return List.of();
    }

    /**
     * Returns signals of other changes that these events of one kind have made. Called after they were applied, in the
     * same transaction; the signals are sent to all nodes after the commit. A signal can be lost.
     *
     * @param kind the name of the aggregate
     */
    default List<LiveSignal> signals(Connection connection, String kind, List<Recorded<?>> events) throws SQLException {
        return List.of();
    }

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
