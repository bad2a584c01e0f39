package io.guildhall.projections.notify.mail;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.port.BounceReports;
import java.util.concurrent.CompletionStage;

/** Handles the e-mails that mail servers have returned as undeliverable. */
public record MailBounces(BounceReports reports, MailDelivery delivery) {
    /**
     * Marks the address of the mail that a message is about. A repeated message changes nothing.
     *
     * @param message as the mail server received it
     * @return completes with false if the message is not a report about one of our mails, or the mail was only delayed
     */
    public CompletionStage<Boolean> record(byte[] message) {
        return reports.read(message).map(delivery::recordBounce).orElseGet(() -> completedFuture(false));
    }
}
