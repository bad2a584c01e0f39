package io.guildhall.domain.contact;

/** Reasons for which contacts reject a command. */
public enum ContactsRejection {
    YOURSELF,
    TOO_MANY_TODAY,
    /** Of the account, in the last hour. */
    TOO_MANY_INVITES,
    /** To the other account, in the last 24 hours. */
    TOO_MANY_INVITES_TO_ONE,
    CALLER_SUSPENDED,
    COUNTERPART_SUSPENDED
}
