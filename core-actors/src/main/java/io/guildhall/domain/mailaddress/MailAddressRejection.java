package io.guildhall.domain.mailaddress;

/** Reasons for which an e-mail address rejects a command. */
public enum MailAddressRejection {
    /** The address has refused a mail less than {@link MailAddress#MIN_PAUSE} ago. */
    REFUSED_RECENTLY
}
