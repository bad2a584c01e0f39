package io.guildhall.projections.view;

import static java.util.Objects.requireNonNull;

import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of the rows of a view that belong to an account.
 *
 * @param owner the column with the account's id
 */
public record OwnedList(AccountList list, String owner) {
    /**
     * The changes of these lists by events that the view has just applied.
     *
     * @param table of the view, with a row for each entity in the column {@code id}
     */
    public static List<ListChange> changes(
            Connection connection, String kind, String table, List<Recorded<?>> events, OwnedList... lists)
            throws SQLException {
        var changes = new ArrayList<ListChange>();
        for (var it : lists) {
            var owners = it.owners(connection, table, events);
            for (var event : events)
                if (owners.containsKey(event.entityId()))
                    changes.add(
                            new ListChange(requireNonNull(owners.get(event.entityId())), it.list(), "", kind, event));
        }
        return changes;
    }

    private Map<String, String> owners(Connection connection, String table, List<Recorded<?>> events)
            throws SQLException {
        var owners = new HashMap<String, String>();
        var ids = events.stream().<String>map(Recorded::entityId).distinct().toList();
        var sql = "SELECT id, %s AS owner FROM %s WHERE id = ANY(?)".formatted(owner, table);
        Sql.list(connection, sql, row -> owners.put(row.getString("id"), row.getString("owner")), Sql.texts(ids));
        return owners;
    }
}
