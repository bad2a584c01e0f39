package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.MailAddresses;
import io.guildhall.port.MailKind;
import io.guildhall.projections.notify.mail.MailContent;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.notify.mail.Mails.Recipient;
import java.util.concurrent.CompletionStage;

/** Sends notifications about a contract by e-mail. A message whose id is known is not sent again. */
public record NotificationMails(Mails mails, MailAddresses addresses) {
    /** Part of the ids of mails that were sent before: a repeated one must not be sent again. */
    private static final String ID_PREFIX = "notice/";

    /**
     * A message to one account.
     *
     * @param id derived from the event, and different for each recipient
     * @param content without a link to the contract
     */
    public record Message(String id, String recipientId, MailKind kind, MailContent content, String contractId) {}

    /** Completes with false if the account's address is not known; then nothing was sent. */
    public CompletionStage<Boolean> send(Message message) {
        return addresses
                .of(message.recipientId())
                .thenCompose(address -> address.map(it -> send(message, it).thenApply(_ -> true))
                        .orElseGet(() -> completedFuture(false)));
    }

    private CompletionStage<Void> send(Message message, String address) {
        return mails.send(
                message.kind(),
                ID_PREFIX + message.id(),
                new Recipient(message.recipientId(), address),
                message.content()
                        .withAction(
                                "Open the contract", mails.publicUrl().resolve("/contracts/" + message.contractId())));
    }
}
