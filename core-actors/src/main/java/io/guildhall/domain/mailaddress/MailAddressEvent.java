package io.guildhall.domain.mailaddress;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;

/** Events of an e-mail address, stored permanently: add new ones, never change existing ones. */
public sealed interface MailAddressEvent extends Journalled {
    /** @param reason the response of the mail server, or its report */
    @JournalName("mail-address.refused")
    record Refused(
            String accountId, @Personal(of = "accountId") String reason, Instant at) implements MailAddressEvent {}

    /** The address gets mails again. */
    @JournalName("mail-address.restored")
    record Restored(String accountId, Instant at) implements MailAddressEvent {}
}
