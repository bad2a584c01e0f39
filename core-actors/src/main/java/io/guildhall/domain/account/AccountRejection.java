package io.guildhall.domain.account;

/** Reasons for which an account rejects a command. The HTTP API maps each constant to one status. */
public enum AccountRejection {
    NOT_REGISTERED,
    WRONG_PASSWORD,
    SESSION_ENDED,
    SUSPENDED,
    /** Users cannot suspend their own account: an installation could lose its last admin. */
    OWN_ACCOUNT
}
