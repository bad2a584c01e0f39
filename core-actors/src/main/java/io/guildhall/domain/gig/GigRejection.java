package io.guildhall.domain.gig;

/** Why a gig refuses; the HTTP edge maps each constant to one status. */
public enum GigRejection {
    NOT_POSTED,
    NOT_YOURS,
    ALREADY_POSTED,
    PACKAGES_UNSOUND,
    /** What is offered to be ordered has a package. */
    NO_PACKAGE,
    MEDIA_NOT_YOURS,
    CHANGED_MEANWHILE,
    NOT_PUBLISHED,
    IS_ARCHIVED
}
