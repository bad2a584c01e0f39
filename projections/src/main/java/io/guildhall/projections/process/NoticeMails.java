package io.guildhall.projections.process;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.MailAddresses;
import io.guildhall.port.Mailer;
import io.guildhall.port.Mailer.Mail;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Sends notices about a contract by e-mail. A notice whose id is known is not sent again.
 *
 * @param publicUrl the base of the links
 */
public record NoticeMails(Mailer mailer, MailAddresses addresses, URI publicUrl) {
    private static final String KIND = "notice";
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n]+");

    /**
     * A notice to one account.
     *
     * @param id derived from the event, and different for each recipient
     * @param detail a second sentence; empty if there is none
     */
    public record Notice(String id, String recipientId, String sentence, String detail, String contractId) {}

    /** Completes with false if the account's address is not known; then nothing was sent. */
    public CompletionStage<Boolean> send(Notice notice) {
        return addresses
                .of(notice.recipientId())
                .thenCompose(address -> address.map(
                                it -> mailer.send(mail(notice, it)).thenApply(_ -> true))
                        .orElseGet(() -> completedFuture(false)));
    }

    private Mail mail(Notice notice, String address) {
        return new Mail(
                KIND + "/" + notice.id(),
                KIND,
                address,
                LINE_BREAKS.matcher(notice.sentence()).replaceAll(" "),
                """
                %s

                %s

                Contract: %s
                """.formatted(
                        notice.sentence(), notice.detail(), publicUrl.resolve("/contracts/" + notice.contractId())));
    }
}
