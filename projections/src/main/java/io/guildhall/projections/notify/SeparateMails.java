package io.guildhall.projections.notify;

import io.guildhall.port.MailKind;
import io.guildhall.projections.Recorded;

/** The ids of the e-mails that other processes send about the events of notifications. Stored, so they never change. */
public final class SeparateMails {
    private SeparateMails() {}

    public static String ofAccount(MailKind kind, Recorded<?> recorded) {
        return kind.key() + "/" + recorded.entityId() + "/" + recorded.sequence();
    }

    /**
     * The e-mail of a warning before silence counts as consent.
     *
     * @param period the number of the silence period
     * @param days until silence counts as consent
     */
    public static String ofWarning(String contractId, int milestone, int period, int days, String recipientId) {
        return "notice/" + contractId + "/" + milestone + "/" + period + "/" + days + "/" + recipientId;
    }
}
