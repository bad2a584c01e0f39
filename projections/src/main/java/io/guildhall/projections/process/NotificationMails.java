package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.MailAddresses;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import java.util.concurrent.CompletionStage;

/** Sends e-mails for processes that record the sending. A mail with a known id is not sent again. */
public record NotificationMails(Mails mails, MailAddresses addresses) {

    /**
     * Completes with false if the account's address is not known; then nothing was sent.
     *
     * @param id of the mail
     */
    public CompletionStage<Boolean> send(String id, Notification notification) {
        return addresses
                .of(notification.recipientId())
                .thenCompose(address -> address.map(it -> mails.send(
                                        notification.kind().mailKind().orElseThrow(),
                                        id,
                                        new Recipient(notification.recipientId(), it),
                                        MailTexts.notification(notification, 1, mails.publicUrl()))
                                .thenApply(_ -> true))
                        .orElseGet(() -> completedFuture(false)));
    }
}
