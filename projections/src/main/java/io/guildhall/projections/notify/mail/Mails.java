package io.guildhall.projections.notify.mail;

import io.guildhall.kernel.EmailAddress;
import io.guildhall.kernel.Personal;
import io.guildhall.port.MailKind;
import io.guildhall.port.Mailer.Mail;
import io.guildhall.port.UnsubscribeTokens;
import io.guildhall.port.UnsubscribeTokens.Claim;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes e-mails from their content and adds them to the queue.
 *
 * @param publicUrl the base of the links
 */
public record Mails(MailTemplates templates, MailQueue queue, UnsubscribeTokens tokens, URI publicUrl) {

    /** @param email in canonical form: mail servers need the ASCII form of a domain */
    public record Recipient(String accountId, String email) {
        /** @param email as the user typed it */
        public static Recipient of(String accountId, String email) {
            return new Recipient(accountId, EmailAddress.canonicalForm(email));
        }
    }

    /**
     * Sends nothing if the recipient's address was erased.
     *
     * @param id derived from the event that the mail reports, and different for each recipient: repeated ones are not sent
     */
    public CompletionStage<Void> send(MailKind kind, String id, Recipient recipient, MailContent content) {
        if (recipient.email().equals(Personal.ERASED)) return CompletableFuture.completedFuture(null);
        return queue.add(compose(kind, id, recipient, content), recipient.accountId());
    }

    /** Writes an e-mail without adding it to the queue. */
    public Mail compose(MailKind kind, String id, Recipient recipient, MailContent content) {
        var token = Optional.of(kind)
                .filter(MailKind::canBeStopped)
                .map(it -> tokens.issue(new Claim(recipient.accountId(), it)));
        var rendered = templates.render(
                content, footer(kind), token.map(it -> URI.create(publicUrl.resolve("/unsubscribe") + "?token=" + it)));
        return new Mail(
                id,
                kind.key(),
                recipient.email(),
                content.heading(),
                rendered.text(),
                rendered.html(),
                token.map(it -> publicUrl.resolve("/api/mail/unsubscribe/" + it)));
    }

    private static String footer(MailKind kind) {
        if (kind.canBeStopped()) return "Guildhall sends you e-mails about " + kind.subject() + ".";
        return switch (kind.category()) {
            case SECURITY -> "Guildhall sends this e-mail to keep your account secure. You cannot unsubscribe from it.";
            case MONEY, ACTIVITY ->
                "Guildhall always sends e-mails about " + kind.subject() + ", because they concern your money.";
        };
    }
}
