package io.guildhall.adapter.postgres;

import io.guildhall.kernel.BatchExecutor;
import io.guildhall.port.ReadMarks;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.sql.DataSource;

/** Stores read marks in the database, for all nodes. Marks that move at the same time are written together. */
public final class PostgresReadMarks implements ReadMarks {
    /** For the batches. */
    public static final int CONNECTIONS = 1;

    private static final int MAX_BATCH = 500;
    private static final int MAX_WAITING = 20_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    /** The order in which all nodes write marks, so that they do not deadlock. */
    private static final Comparator<Id> ORDER = Comparator.comparing(Id::roomId).thenComparing(Id::accountId);

    private record Id(String roomId, String accountId) {}

    private record Mark(Id id, long number) {}

    private final DataSource database;
    private final InstantSource clock;
    private final BatchExecutor<Mark, Boolean> writes;

    public PostgresReadMarks(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.writes = new BatchExecutor<>("read-marks", MAX_BATCH, MAX_WAITING, TIMEOUT, this::write);
    }

    @Override
    public CompletionStage<Boolean> move(String roomId, String accountId, long number) {
        return writes.call(new Mark(new Id(roomId, accountId), number));
    }

    /** A statement can write a row only once, so this keeps the highest number. */
    private List<Boolean> write(List<Mark> marks) throws SQLException {
        var highest = new TreeMap<Id, Mark>(ORDER);
        for (var it : marks) highest.merge(it.id(), it, (a, b) -> a.number() >= b.number() ? a : b);
        var moved = move(List.copyOf(highest.values()));
        return marks.stream()
                .map(it -> moved.getOrDefault(it.id(), 0L) == it.number())
                .toList();
    }

    /** Returns the numbers of the marks that have moved. */
    private Map<Id, Long> move(List<Mark> marks) throws SQLException {
        var moved = new HashMap<Id, Long>();
        try (var connection = database.getConnection();
                var upsert = connection.prepareStatement("""
                        INSERT INTO read_mark AS m (room_id, account_id, number, at)
                        SELECT room_id, account_id, number, ? FROM unnest(?::text[], ?::text[], ?::bigint[]) AS new (room_id, account_id, number)
                        ON CONFLICT (room_id, account_id) DO UPDATE SET number = excluded.number, at = excluded.at
                         WHERE m.number < excluded.number
                        RETURNING room_id, account_id, number
                        """)) {
            upsert.setTimestamp(1, Timestamp.from(clock.instant()));
            upsert.setArray(
                    2,
                    connection.createArrayOf("text", values(marks, it -> it.id().roomId())));
            upsert.setArray(
                    3,
                    connection.createArrayOf("text", values(marks, it -> it.id().accountId())));
            upsert.setArray(4, connection.createArrayOf("bigint", values(marks, Mark::number)));
            try (var rows = upsert.executeQuery()) {
                while (rows.next()) moved.put(new Id(rows.getString(1), rows.getString(2)), rows.getLong(3));
            }
        }
        return moved;
    }

    private static Object[] values(List<Mark> marks, Function<Mark, Object> column) {
        return marks.stream().map(column).toArray();
    }
}
