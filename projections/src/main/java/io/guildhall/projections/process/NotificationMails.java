package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.MailAddresses;
import io.guildhall.projections.notify.NotificationKind;
import io.guildhall.projections.notify.mail.MailTexts;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Sends notifications about a contract by e-mail. A message with a known id is not sent again. */
public record NotificationMails(Mails mails, MailAddresses addresses) {
    /** Part of the ids of mails that were sent before: a repeated one must not be sent again. */
    private static final String ID_PREFIX = "notice/";

    /**
     * A message to one account.
     *
     * @param id derived from the event, and different for each recipient
     * @param kind one that is sent by e-mail
     * @param title of the contract or milestone; empty if the event does not contain it
     * @param detail see {@link io.guildhall.projections.notify.Notification}
     */
    public record Message(
            String id,
            String recipientId,
            NotificationKind kind,
            Optional<String> title,
            String detail,
            String contractId) {}

    /** Completes with false if the account's address is not known; then nothing was sent. */
    public CompletionStage<Boolean> send(Message message) {
        return addresses
                .of(message.recipientId())
                .thenCompose(address -> address.map(it -> send(message, it).thenApply(_ -> true))
                        .orElseGet(() -> completedFuture(false)));
    }

    private CompletionStage<Void> send(Message message, String address) {
        return mails.send(
                message.kind().mailKind().orElseThrow(),
                ID_PREFIX + message.id(),
                new Recipient(message.recipientId(), address),
                MailTexts.notification(
                        message.kind(),
                        message.title(),
                        message.detail(),
                        mails.publicUrl().resolve("/contracts/" + message.contractId())));
    }
}
