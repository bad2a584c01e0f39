package io.guildhall.domain.mailaddress;

import java.time.Instant;

/** Commands that an e-mail address accepts. */
public sealed interface MailAddressCommand {
    /**
     * A mail server has refused the address permanently, or has returned a mail to it.
     *
     * @param accountId the account that the mail was for
     */
    record RecordRefusal(String accountId, String reason) implements MailAddressCommand {}

    /**
     * The owner has followed a link that was sent to the address.
     *
     * @param at the time; later refusals are kept
     */
    record Confirm(String accountId, Instant at) implements MailAddressCommand {}

    /** The owner requests to use the address again. */
    record UseAgain(String accountId) implements MailAddressCommand {}
}
