package io.guildhall.domain.hire;

/** Reasons for which a hire rejects a command. */
public enum HireRejection {
    NOT_STARTED,
    /** The deadline has not passed. */
    NOT_DUE,
    NOT_AGREED,
    ALREADY_FAILED,
    /** The account that sends the command is suspended. */
    CALLER_SUSPENDED,
    /** One of the parties is suspended. */
    COUNTERPART_SUSPENDED
}
