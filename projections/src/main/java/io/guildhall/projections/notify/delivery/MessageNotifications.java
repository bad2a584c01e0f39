package io.guildhall.projections.notify.delivery;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.delivery.Delivery.Messages;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notifies the members of a room of messages that they have not read after a short time: those of a member who has the
 * room open are read by then. The read mark decides, not the presence: an account that is online can have another page open,
 * and a client that was closed is reported online for a while. Messages that follow while the notification is unread join its entry.
 *
 * @param mailDelay from the notification to its e-mail
 * @param publisher publishes the notifications to other systems
 */
public record MessageNotifications(Duration mailDelay, Publisher publisher) {
    /** Publishes a notification in the transaction that decides about it. */
    @FunctionalInterface
    public interface Publisher {
        void publish(Connection connection, Notification notification, Cause cause, Instant now) throws SQLException;
    }

    private static final int MAX_ROOMS = 100;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(2);

    /** Older messages are those of a view that reads the journal again. */
    private static final Duration MAX_AGE = Duration.ofDays(1);

    private static final String WAIT = """
            INSERT INTO message_wait AS w (room_id, last_number, sequence, due_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (room_id) DO UPDATE
               SET last_number = greatest(w.last_number, excluded.last_number), sequence = greatest(w.sequence, excluded.sequence)
            """;

    private static final String DUE = """
            DELETE FROM message_wait WHERE room_id = (
                   SELECT room_id FROM message_wait WHERE due_at <= ? ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING room_id, last_number, sequence
            """;

    /** The messages by others after the member's read mark, and after those of which the member was notified. */
    static final String UNREAD = """
            WITH member AS MATERIALIZED (
                SELECT m.account_id,
                       greatest(
                           (SELECT number FROM read_mark r WHERE r.room_id = m.room_id AND r.account_id = m.account_id),
                           (SELECT max(last_number) FROM notification_delivery d
                             WHERE d.account_id = m.account_id AND d.room_id = m.room_id AND d.channel = 'IN_APP'),
                           0) AS known_number
                  FROM room_list m
                 WHERE m.room_id = ? AND NOT m.is_removed AND NOT %s)
            SELECT m.account_id, u.messages, u.last_number, u.at, (SELECT name FROM account WHERE id = u.author_id) AS author
              FROM member m
             CROSS JOIN LATERAL (
                   SELECT count(*) AS messages, max(number) AS last_number, max(at) AS at,
                          (array_agg(by_id ORDER BY number DESC))[1] AS author_id
                     FROM message
                    WHERE room_id = ? AND number > m.known_number AND number <= ? AND by_id <> m.account_id
                      AND report_kind IS NULL AND deleted_at IS NULL) AS u
             WHERE u.messages > 0
             ORDER BY m.account_id
            """.formatted(MessageMails.IS_BLOCKED);

    private static final String IS_COMPLETE = """
            SELECT EXISTS (SELECT FROM message WHERE room_id = ? AND number = ?)
               AND EXISTS (SELECT FROM room_list WHERE room_id = ?) AS complete
            """;

    /** Plans the decisions about the new messages of rooms. They become due after a delay from the first message of each room. */
    public static void plan(Connection connection, List<Recorded<MessagePosted>> posted, Duration delay)
            throws SQLException {
        // In the order of the rooms: of two transactions that plan for the same rooms, one waits for the other.
        var byRoom =
                posted.stream().collect(Collectors.groupingBy(Recorded::entityId, TreeMap::new, Collectors.toList()));
        Sql.updateEach(
                connection,
                WAIT,
                byRoom.entrySet().stream()
                        .map(it -> waiting(
                                it.getKey(),
                                it.getValue().getLast().event().number(),
                                it.getValue().getLast().sequence(),
                                it.getValue().getFirst().at().plus(delay)))
                        .toList());
    }

    private static Object[] waiting(String roomId, long lastNumber, long sequence, Instant dueAt) {
        return new Object[] {roomId, lastNumber, sequence, dueAt};
    }

    public static boolean isRecent(Instant at, Instant now) {
        return at.isAfter(now.minus(MAX_AGE));
    }

    private record Waiting(String id, long lastNumber, long sequence) {}

    private record Unread(String accountId, Messages messages, Instant at, Optional<String> author) {}

    /** Decides about the messages that are due. Returns whether there can be more. */
    boolean decideDue(ReadDatabase database, Instant now, Consumer<Set<LiveSignal>> signals) throws SQLException {
        for (int i = 0; i < MAX_ROOMS; i++) {
            var changed = new HashSet<LiveSignal>();
            boolean wasDue = database.queryBlocking(
                    connection -> ReadDatabase.inTransaction(connection, it -> decideNext(it, now, changed)));
            if (!wasDue) return false;
            if (!changed.isEmpty()) signals.accept(changed);
        }
        return true;
    }

    private boolean decideNext(Connection connection, Instant now, Set<LiveSignal> changed) throws SQLException {
        var due = Sql.list(
                connection,
                DUE,
                row -> new Waiting(row.getString("room_id"), row.getLong("last_number"), row.getLong("sequence")),
                now);
        if (due.isEmpty()) return false;
        var room = due.getFirst();
        boolean isComplete = Sql.list(
                        connection,
                        IS_COMPLETE,
                        row -> row.getBoolean("complete"),
                        room.id(),
                        room.lastNumber(),
                        room.id())
                .getFirst();
        // The views of messages and members are other followers, and can be behind.
        if (!isComplete)
            Sql.update(connection, WAIT, waiting(room.id(), room.lastNumber(), room.sequence(), now.plus(RETRY_PAUSE)));
        else for (var it : unread(connection, room)) decide(connection, room, it, now, changed);
        return true;
    }

    private static List<Unread> unread(Connection connection, Waiting room) throws SQLException {
        return Sql.list(
                connection,
                UNREAD,
                row -> new Unread(
                        row.getString("account_id"),
                        new Messages(room.id(), row.getLong("last_number"), row.getLong("messages")),
                        Sql.instant(row, "at").orElseThrow(),
                        Sql.text(row, "author")),
                room.id(),
                room.id(),
                room.lastNumber());
    }

    private void decide(Connection connection, Waiting room, Unread unread, Instant now, Set<LiveSignal> changed)
            throws SQLException {
        var notification = Notification.ofMessages(
                unread.accountId(), room.id(), unread.messages().lastNumber(), unread.author(), unread.at());
        var cause = new Cause(Room.AGGREGATE.name(), room.id(), room.sequence());
        var messages = Optional.of(unread.messages());
        Decisions.inApp(connection, notification, cause, messages, now);
        Decisions.email(connection, notification, cause, messages, mailDelay, now);
        publisher.publish(connection, notification, cause, now);
        if (Decisions.shown(connection, List.of(notification.id())).isEmpty()) return;
        Announcements.announce(connection, notification, cause, now);
        Stream.of(LiveSignal.Kind.ME, LiveSignal.Kind.COUNTERS)
                .map(it -> new LiveSignal(it, unread.accountId()))
                .forEach(changed::add);
    }
}
