package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.MailAddresses;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.mail.ContractSummary;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Sends e-mails for processes that record the sending. A mail with a known id is not sent again.
 *
 * @param contracts finds the contract that a notification is about
 */
public record NotificationMails(
        Mails mails,
        MailAddresses addresses,
        Function<Notification, CompletionStage<Optional<ContractSummary>>> contracts) {

    /**
     * Completes with false if the account's address is not known; then nothing was sent.
     *
     * @param id of the mail
     */
    public CompletionStage<Boolean> send(String id, Notification notification) {
        return addresses
                .of(notification.recipientId())
                .thenCompose(address -> address.map(
                                it -> send(id, notification, new Recipient(notification.recipientId(), it)))
                        .orElseGet(() -> completedFuture(false)));
    }

    private CompletionStage<Boolean> send(String id, Notification notification, Recipient recipient) {
        return contracts
                .apply(notification)
                .thenCompose(contract -> mails.send(
                        notification.kind().mailKind().orElseThrow(),
                        id,
                        recipient,
                        MailTexts.notification(notification, contract, mails.publicUrl())))
                .thenApply(_ -> true);
    }
}
