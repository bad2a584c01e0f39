package io.guildhall.http.route.notification;

import io.guildhall.projections.readmodel.notification.TraceReason;
import io.guildhall.projections.readmodel.notification.TraceRow;
import java.time.Instant;
import java.util.stream.Stream;

/** One decision about a notification on one channel. */
public record TraceResource(
        String notificationId,
        String kind,
        String channel,
        String reason,
        String text,
        String detail,
        Instant decidedAt) {
    static TraceResource fromRow(TraceRow row) {
        return new TraceResource(
                row.notificationId(), row.kind(), row.channel(), row.reason(), text(row), row.detail(), row.at());
    }

    /** A newer node can write reasons that this version does not know. */
    static String text(TraceRow row) {
        return Stream.of(TraceReason.values())
                .filter(it -> it.name().equals(row.reason()))
                .findFirst()
                .map(TraceReason::sentence)
                .orElse("");
    }
}
