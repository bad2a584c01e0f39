package io.guildhall.port;

import java.util.Optional;

/** Reads the reports of mail servers about e-mails that they could not deliver. */
public interface BounceReports {

    /**
     * Reads a delivery status notification (RFC 3464), as the mail server received it. Empty if the bytes are not a
     * report about one of our mails, or the mail was only delayed.
     */
    Optional<Bounce> read(byte[] message);

    /**
     * @param mailKey identifies the mail
     * @param isAddressInvalid whether the reason is the address, which will refuse other mails too
     */
    record Bounce(String mailKey, String reason, boolean isAddressInvalid) {}
}
