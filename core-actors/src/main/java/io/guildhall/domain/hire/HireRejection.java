package io.guildhall.domain.hire;

/** Reasons for which a hire rejects a command. */
public enum HireRejection {
    NOT_STARTED,
    /** The deadline has not passed. */
    NOT_DUE,
    NOT_AGREED,
    ALREADY_FAILED
}
