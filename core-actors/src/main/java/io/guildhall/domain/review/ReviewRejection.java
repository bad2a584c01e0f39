package io.guildhall.domain.review;

/** Reasons for which a review rejects a command. The HTTP API maps each constant to one status. */
public enum ReviewRejection {
    NOT_OPENED,
    EXISTS_WITH_OTHER_TERMS,
    NOT_YOURS,
    RATINGS_OUT_OF_RANGE,
    ALREADY_WRITTEN,
    NOT_WRITTEN,
    TOO_EARLY,
    TOO_LATE
}
