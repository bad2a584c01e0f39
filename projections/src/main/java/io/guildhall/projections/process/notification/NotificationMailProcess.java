package io.guildhall.projections.process.notification;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.sequentially;

import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Process;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import io.guildhall.projections.notify.delivery.Cause;
import io.guildhall.projections.notify.delivery.NotificationDelivery;
import java.util.List;

/** Decides which notifications are sent by e-mail, in addition to those in the application, and when. */
public final class NotificationMailProcess implements Process {
    private final NotificationDelivery delivery;

    public NotificationMailProcess(NotificationDelivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public String name() {
        return "notice-mail";
    }

    /** Starts now: e-mails about past events are useless. */
    @Override
    public Start start() {
        return Start.now();
    }

    @Override
    public List<Subscription<?>> follows() {
        return NotificationMatrix.SOURCES.stream()
                .<Subscription<?>>map(this::subscription)
                .toList();
    }

    private <E> Subscription<E> subscription(Source<E> source) {
        Aggregate<?, ?, E, ?> aggregate = source.aggregate();
        return on(
                aggregate,
                recorded -> sequentially(
                        source.notifications().apply(recorded),
                        it -> delivery.decideEmail(it, Cause.of(aggregate, recorded))));
    }
}
