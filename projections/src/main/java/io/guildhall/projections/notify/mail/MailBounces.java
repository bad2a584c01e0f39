package io.guildhall.projections.notify.mail;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.BounceReports;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the e-mails that mail servers have returned as undeliverable. */
public record MailBounces(BounceReports reports, MailDelivery delivery) {
    private static final Logger LOG = LoggerFactory.getLogger(MailBounces.class);

    /**
     * Marks the address of the mail that a message is about. A repeated message changes nothing.
     *
     * @param message as the mail server received it
     * @return completes with false if the message is not a report about one of our mails, or the mail was only delayed
     */
    public CompletionStage<Boolean> record(byte[] message) {
        return reports.read(message)
                .map(bounce -> {
                    LOG.info("A mail was returned: {}", bounce.reason());
                    return delivery.recordBounce(bounce);
                })
                .orElseGet(() -> completedFuture(false));
    }
}
