package io.guildhall.port;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where accounts receive e-mails. */
@FunctionalInterface
public interface MailAddresses {
    /** The current e-mail address of an account; empty if it is not known, or not known yet. */
    CompletionStage<Optional<String>> of(String accountId);
}
