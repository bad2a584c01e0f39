package io.guildhall.port;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sends mail, each once. */
public interface Mailer {

    /** Completes once the mail is durable and will be sent. A mail with an identity that was seen before is not sent again. */
    CompletionStage<Void> send(Mail mail);

    /**
     * @param id follows from the event that it tells of, so that a repeat is recognised
     * @param kind what it is about, such as {@code verification}
     * @param text plain; what a user wrote in it is text, never markup
     */
    record Mail(String id, String kind, String to, String subject, String text) {
        public Mail {
            if (to.isBlank() || to.matches("(?s).*[\\r\\n].*") || subject.matches("(?s).*[\\r\\n].*"))
                throw new IllegalArgumentException("an address and a subject are one line each");
        }
    }

    /** Where mails wait and can be read, by developers and operators. */
    interface Outbox {
        /** The latest first. */
        CompletionStage<List<Sent>> to(String address, int limit);

        record Sent(Mail mail, Instant at) {}
    }
}
