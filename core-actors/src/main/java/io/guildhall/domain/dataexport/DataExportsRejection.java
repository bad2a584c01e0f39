package io.guildhall.domain.dataexport;

public enum DataExportsRejection {
    /** An earlier export is being written. */
    IN_PROGRESS,
    /** The account has requested too many within a day. */
    TOO_MANY
}
