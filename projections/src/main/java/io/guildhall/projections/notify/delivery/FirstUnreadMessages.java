package io.guildhall.projections.notify.delivery;

import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The first message of each room that an account can read and has not read, in one transaction. Each room is read once: a
 * member can send and delete any number of messages.
 */
final class FirstUnreadMessages {
    /** Of a room without such a message. */
    private static final long NONE = Long.MAX_VALUE;

    private static final String FIRST = "SELECT u.number " + MessageMails.UNREAD
            + " AND m.account_id = ? AND u.room_id = ? ORDER BY u.number LIMIT 1";

    private final Connection connection;
    private final String accountId;
    private final Map<String, Long> byRoom = new HashMap<>();

    FirstUnreadMessages(Connection connection, String accountId) {
        this.connection = connection;
        this.accountId = accountId;
    }

    /** The number of the message; if there is none, a number that no message has. */
    long of(String roomId) throws SQLException {
        var known = byRoom.get(roomId);
        if (known != null) return known;
        long first = Sql.list(connection, FIRST, row -> row.getLong("number"), accountId, roomId).stream()
                .findFirst()
                .orElse(NONE);
        byRoom.put(roomId, first);
        return first;
    }
}
