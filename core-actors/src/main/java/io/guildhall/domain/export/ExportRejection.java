package io.guildhall.domain.export;

/** Reasons for which the result of an export rejects a command. */
public enum ExportRejection {
    /** With another result. */
    ALREADY_ENDED
}
