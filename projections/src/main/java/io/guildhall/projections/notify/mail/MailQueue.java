package io.guildhall.projections.notify.mail;

import io.guildhall.port.Mailer.Mail;
import java.util.concurrent.CompletionStage;

/** Stores e-mails until they are delivered or given up. */
@FunctionalInterface
public interface MailQueue {
    /**
     * Completes when the mail is stored and will be sent. A mail with a known id is not sent again.
     *
     * @param accountId the account that the mail is for
     */
    CompletionStage<Void> add(Mail mail, String accountId);
}
