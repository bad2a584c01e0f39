package io.guildhall.projections.store;

import io.guildhall.projections.ListChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Stores changes of lists in tests of views, as the followers do. */
public final class ListChanges {
    private ListChanges() {}

    public static void add(Connection connection, List<ListChange> changes) throws SQLException {
        ListChangeTable.add(connection, changes);
    }
}
