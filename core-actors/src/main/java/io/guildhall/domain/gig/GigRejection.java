package io.guildhall.domain.gig;

/** Reasons for which a gig rejects a command. The HTTP API maps each constant to one status. */
public enum GigRejection {
    NOT_POSTED,
    NOT_YOURS,
    ALREADY_POSTED,
    INVALID_PACKAGES,
    /** A published gig needs at least one package. */
    NO_PACKAGE,
    MEDIA_NOT_YOURS,
    REVISION_MISMATCH,
    NOT_PUBLISHED,
    ALREADY_ARCHIVED,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** Another account that would take part is suspended. */
    COUNTERPART_SUSPENDED
}
