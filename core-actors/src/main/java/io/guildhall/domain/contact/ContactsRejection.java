package io.guildhall.domain.contact;

/** Reasons for which contacts reject a command. */
public enum ContactsRejection {
    YOURSELF,
    TOO_MANY_TODAY,
    CALLER_SUSPENDED,
    COUNTERPART_SUSPENDED
}
