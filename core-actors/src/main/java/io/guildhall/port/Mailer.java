package io.guildhall.port;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sends e-mails, each of them once. */
public interface Mailer {

    /** Completes when the mail is stored and will be sent. A mail whose id is known is not sent again. */
    CompletionStage<Void> send(Mail mail);

    /**
     * @param id derived from the event that the mail reports, so that a repetition is recognised
     * @param kind such as {@code verification}
     * @param text plain text, without markup
     */
    record Mail(String id, String kind, String to, String subject, String text) {
        public Mail {
            if (to.isBlank() || to.matches("(?s).*[\\r\\n].*") || subject.matches("(?s).*[\\r\\n].*"))
                throw new IllegalArgumentException("address and subject must each be one line");
        }
    }

    /** Stored e-mails, for developers and operators to read. */
    interface Outbox {
        /** Returns the e-mails to an address, newest first. */
        CompletionStage<List<Sent>> sentTo(String address, int limit);

        record Sent(Mail mail, Instant at) {}
    }
}
