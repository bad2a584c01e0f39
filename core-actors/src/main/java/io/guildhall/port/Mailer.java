package io.guildhall.port;

import io.guildhall.kernel.Sha256;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Passes e-mails to a mail system. The caller stores a mail until its result is final, and passes it again after {@link
 * Result.Deferred} or a failure: a repeated mail is recognised by its id.
 */
public interface Mailer {

    /** Completes with the response of the mail system. Fails if there is none; then the mail may have been accepted. */
    CompletionStage<Result> send(Mail mail);

    /** The response of a mail system. */
    sealed interface Result {
        /** The mail system is responsible for the mail now. It can still return the mail as undeliverable. */
        record Accepted() implements Result {}

        /**
         * The mail system will never accept this mail.
         *
         * @param isAddressInvalid whether the reason is the address, which will refuse other mails too
         */
        record Refused(String reason, boolean isAddressInvalid) implements Result {}

        /** The mail system does not accept the mail now. */
        record Deferred(String reason) implements Result {}
    }

    /**
     * @param id derived from the event that the mail reports, so that a repetition is recognised
     * @param kind such as {@code verification}
     * @param text plain text, without markup
     * @param html the same content as an HTML document; empty in mails of older versions
     * @param unsubscribe where a POST request stops mails of this kind; empty if they cannot be stopped
     */
    record Mail(
            String id, String kind, String to, String subject, String text, String html, Optional<URI> unsubscribe) {
        public static final int KEY_LENGTH = 32;

        public Mail {
            if (to.isBlank() || to.matches("(?s).*[\\r\\n].*") || subject.matches("(?s).*[\\r\\n].*"))
                throw new IllegalArgumentException("address and subject must each be one line");
        }

        /** Identifies the mail outside of the program without revealing its id: 32 hexadecimal digits. */
        public String key() {
            return Sha256.hex(id).substring(0, KEY_LENGTH);
        }
    }

    /** Stored e-mails, for developers and operators to read. */
    interface Outbox {
        /** Returns the newest e-mails to an address, or to all addresses, newest first. */
        CompletionStage<List<Sent>> sentTo(Optional<String> address, int limit);

        CompletionStage<Optional<Sent>> find(String id);

        record Sent(Mail mail, Instant at) {}
    }
}
