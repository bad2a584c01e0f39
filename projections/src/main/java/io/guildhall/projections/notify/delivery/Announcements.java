package io.guildhall.projections.notify.delivery;

import io.guildhall.kernel.Correlation;
import io.guildhall.projections.ListChange;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.readmodel.live.AccountList;
import io.guildhall.projections.store.ListChangeTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Announces, on the channel {@code me}, notifications that were added to the list some time after their events. */
final class Announcements {
    private Announcements() {}

    static void add(Connection connection, List<Delivery> shown, Instant now) throws SQLException {
        for (var it : shown) announce(connection, it.notification(), it.cause(), now);
    }

    static void announce(Connection connection, Notification notification, Cause cause, Instant now)
            throws SQLException {
        var recorded = new Recorded<>(cause.entityId(), cause.sequence(), notification, now, Correlation.NONE);
        ListChangeTable.add(
                connection,
                List.of(new ListChange(
                        notification.recipientId(),
                        AccountList.NOTIFICATIONS,
                        notification.id(),
                        cause.kind(),
                        recorded)));
    }
}
