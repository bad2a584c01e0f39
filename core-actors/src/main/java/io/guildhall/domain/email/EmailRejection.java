package io.guildhall.domain.email;

/** Reasons for which an e-mail address rejects a command. The HTTP API maps each constant to one status. */
public enum EmailRejection {
    /** The link has expired, or the address has been given to another registration or account since. */
    LINK_EXPIRED,
    /** Several users have registered the address: the password tells which of the registrations is the caller's. */
    PASSWORD_NEEDED,
    /** The role can only be granted. */
    ROLE_NOT_SELF_ASSIGNABLE,
    NO_ROLE,
    /** The address does not belong to the account. */
    NOT_OWNER
}
