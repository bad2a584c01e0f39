package io.guildhall.projections.view.notification;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomEvent;
import io.guildhall.domain.room.RoomEvent.MessagePosted;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import io.guildhall.projections.notify.delivery.Cause;
import io.guildhall.projections.notify.delivery.Decisions;
import io.guildhall.projections.notify.delivery.MessageNotifications;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the notifications of events, and decides when each is shown in the application. The decisions are records: a
 * rebuild writes the notifications only.
 */
public final class NotificationView implements View {
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('notification-entry/' || ?, 0))";

    private final NotificationTiming timing;
    private final boolean decides;

    public NotificationView(NotificationTiming timing) {
        this(timing, true);
    }

    private NotificationView(NotificationTiming timing, boolean decides) {
        this.timing = timing;
        this.decides = decides;
    }

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(StoredNotification.TABLE);
    }

    @Override
    public List<Subscription<?>> follows() {
        var events = NotificationMatrix.SOURCES.stream().<Subscription<?>>map(this::subscription);
        return Stream.concat(events, Stream.of(on(Room.AGGREGATE, new NewMessages())))
                .toList();
    }

    @Override
    public View forRebuild() {
        return new NotificationView(timing, false);
    }

    /** A rebuild can have read events that this view had not read yet: their notifications have no decisions. */
    @Override
    public void alignAfterRebuild(Connection connection) throws SQLException {
        for (var it : StoredNotification.undecided(connection))
            Decisions.inApp(connection, it, Cause.UNKNOWN, timing.clock().instant());
    }

    private <E> Subscription<E> subscription(Source<E> source) {
        return on(source.aggregate(), (connection, recorded) -> {
            for (var notification : source.notifications().apply(recorded)) {
                StoredNotification.TABLE.insert(connection, StoredNotification.of(notification));
                if (decides)
                    Decisions.inApp(
                            connection,
                            notification,
                            Cause.of(source.aggregate(), recorded),
                            timing.clock().instant());
            }
        });
    }

    /** Plans decisions about new messages: those of a room that were read together with one statement. */
    private final class NewMessages implements Applier<RoomEvent> {
        @Override
        public void apply(Connection connection, Recorded<RoomEvent> recorded) throws SQLException {
            applyAll(connection, List.of(recorded));
        }

        @Override
        public void applyAll(Connection connection, List<Recorded<RoomEvent>> recorded) throws SQLException {
            if (!decides) return;
            var now = timing.clock().instant();
            var posted = recorded.stream()
                    .filter(it -> it.event() instanceof MessagePosted && MessageNotifications.isRecent(it.at(), now))
                    .map(it -> it.cast(MessagePosted.class))
                    .toList();
            MessageNotifications.plan(connection, posted, timing.messageDelay());
        }
    }

    /** Two transactions can add to the same entries, in any order. */
    @Override
    public void lock(Connection connection, List<Recorded<?>> events) throws SQLException {
        if (!decides) return;
        var topics = events.stream()
                .flatMap(NotificationView::notifications)
                .filter(it -> it.kind().groupedBy().isPresent())
                .map(it -> it.recipientId() + "/" + it.kind() + "/" + it.topic())
                .distinct()
                .sorted()
                .toList();
        for (var it : topics) Sql.list(connection, LOCK, row -> true, it);
    }

    private static Stream<Notification> notifications(Recorded<?> recorded) {
        return NotificationMatrix.SOURCES.stream().flatMap(it -> notifications(it, recorded));
    }

    private static <E> Stream<Notification> notifications(Source<E> source, Recorded<?> recorded) {
        Aggregate<?, ?, E, ?> aggregate = source.aggregate();
        if (!aggregate.events().isInstance(recorded.event())) return Stream.empty();
        return source.notifications().apply(recorded.cast(aggregate.events())).stream();
    }

    @Override
    public List<ListChange> listChanges(Connection connection, String kind, List<Recorded<?>> events)
            throws SQLException {
        var shown = Decisions.shown(
                connection,
                events.stream()
                        .flatMap(NotificationView::notifications)
                        .map(Notification::id)
                        .toList());
        return events.stream()
                .flatMap(event -> notifications(event)
                        .filter(it -> shown.contains(it.id()))
                        .map(it -> new ListChange(it.recipientId(), AccountList.NOTIFICATIONS, it.id(), kind, event)))
                .toList();
    }

    @Override
    public List<LiveSignal> signals(Connection connection, String kind, List<Recorded<?>> events) {
        return events.stream()
                .flatMap(NotificationView::notifications)
                .map(it -> new LiveSignal(LiveSignal.Kind.COUNTERS, it.recipientId()))
                .distinct()
                .toList();
    }
}
