package io.guildhall.domain.gig;

/** Reasons for which a gig rejects a command. The HTTP API maps each constant to one status. */
public enum GigRejection {
    NOT_POSTED,
    NOT_YOURS,
    ALREADY_POSTED,
    PACKAGES_UNSOUND,
    /** A published gig needs at least one package. */
    NO_PACKAGE,
    MEDIA_NOT_YOURS,
    CHANGED_MEANWHILE,
    NOT_PUBLISHED,
    IS_ARCHIVED
}
