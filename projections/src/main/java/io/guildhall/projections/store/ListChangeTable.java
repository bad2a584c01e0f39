package io.guildhall.projections.store;

import io.guildhall.projections.ListChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The table {@code live_entry}: the changes of the lists of each account, numbered in the order of their commits. */
public final class ListChangeTable {
    /**
     * Each account is locked until the commit, in the order of their ids, so that numbers are committed in order. With
     * OFFSET, an earlier entry is looked up by the unique index; without it, all entries of the account can be read.
     */
    private static final String INSERT = """
            WITH new AS (
                SELECT c.*
                  FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[])
                       WITH ORDINALITY AS c (account_id, list, item, kind, entity_id, sequence, at, place)
                 WHERE c.at > now() - interval '7 days'
                   AND NOT EXISTS (
                       SELECT FROM live_entry e
                        WHERE e.account_id = c.account_id AND e.kind = c.kind AND e.entity_id = c.entity_id
                          AND e.sequence = c.sequence AND e.list = c.list AND e.item = c.item
                       OFFSET 0)),
            counted AS (
                INSERT INTO live_account AS a (account_id, last_number)
                SELECT account_id, count(*) FROM new GROUP BY account_id ORDER BY account_id COLLATE "C"
                    ON CONFLICT (account_id) DO UPDATE SET last_number = a.last_number + excluded.last_number
                RETURNING account_id, last_number)
            INSERT INTO live_entry (account_id, number, list, item, kind, entity_id, sequence, at)
            SELECT new.account_id,
                   counted.last_number + row_number() OVER (PARTITION BY new.account_id ORDER BY new.place)
                                       - count(*) OVER (PARTITION BY new.account_id),
                   new.list, new.item, new.kind, new.entity_id, new.sequence, new.at
              FROM new JOIN counted ON counted.account_id = new.account_id
            """;

    private ListChangeTable() {}

    /**
     * Adds changes, in the transaction in which the lists change. One that was added before, or whose event is older than
     * clients can read, is ignored.
     */
    public static void add(Connection connection, List<ListChange> changes) throws SQLException {
        if (changes.isEmpty()) return;
        // A number that a client has seen must not be used again after a crash of the database.
        Sql.update(connection, "SET LOCAL synchronous_commit = on");
        Sql.update(
                connection,
                INSERT,
                texts(changes, ListChange::accountId),
                texts(changes, it -> it.list().name()),
                texts(changes, ListChange::item),
                texts(changes, ListChange::kind),
                texts(changes, it -> it.recorded().entityId()),
                Sql.longs(changes.stream().map(it -> it.recorded().sequence()).toList()),
                Sql.instants(changes.stream().map(it -> it.recorded().at()).toList()));
    }

    private static Object texts(List<ListChange> changes, Function<ListChange, String> column) {
        return Sql.texts(changes.stream().map(column).toList());
    }
}
