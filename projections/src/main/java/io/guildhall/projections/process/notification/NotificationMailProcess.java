package io.guildhall.projections.process.notification;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.sequentially;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.review.Review;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.Process;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.NotificationMatrix;
import io.guildhall.projections.process.NotificationMails;
import io.guildhall.projections.process.NotificationMails.Message;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Sends the notifications about a contract by e-mail, in addition to those in the application. Warnings before silence
 * counts as consent are not sent here: their own process records that they were sent.
 */
public final class NotificationMailProcess implements Process {
    private final NotificationMails mails;

    public NotificationMailProcess(NotificationMails mails) {
        this.mails = mails;
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
        return List.of(mailsOf(Contract.AGGREGATE), mailsOf(Escrow.AGGREGATE), mailsOf(Review.AGGREGATE));
    }

    private <E> Subscription<E> mailsOf(Aggregate<?, ?, E, ?> aggregate) {
        return on(
                aggregate,
                recorded -> sequentially(
                        NotificationMatrix.notifications(aggregate, recorded).stream()
                                .filter(it -> it.kind().isMailed() && !it.kind().isSilenceWarning())
                                .toList(),
                        this::mail));
    }

    private CompletionStage<Void> mail(Notification notification) {
        return mails.send(new Message(
                        notification.id(),
                        notification.recipientId(),
                        notification.kind(),
                        notification.title(),
                        notification.detail(),
                        notification.contractId().orElseThrow()))
                .thenApply(_ -> null);
    }
}
