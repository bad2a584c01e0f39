package io.guildhall.projections;

import io.guildhall.kernel.Aggregate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Tables that follow from events alone. May be emptied and read again from the first event at any time. */
public interface View {
    /** Names its place in the journal: never changed, or it starts from the beginning. */
    String name();

    List<On<?>> follows();

    void empty(Connection connection) throws SQLException;

    /** In the transaction of its place in the journal, in the order of each entity's events. The same event again must change nothing. */
    @FunctionalInterface
    interface Applier<E> {
        void apply(Connection connection, Recorded<E> recorded) throws SQLException;

        /** The same for what came together; a view that much is written to does it in fewer statements. */
        default void applyAll(Connection connection, List<Recorded<E>> recorded) throws SQLException {
            for (var each : recorded) apply(connection, each);
        }
    }

    /** What a view makes of one aggregate's events. */
    record On<E>(Aggregate<?, ?, E, ?> aggregate, Applier<E> applier) {}

    static <E> On<E> on(Aggregate<?, ?, E, ?> aggregate, Applier<E> applier) {
        return new On<>(aggregate, applier);
    }
}
