package io.guildhall.domain.abusereport;

/** Reasons for which an abuse report rejects a command. */
public enum AbuseReportRejection {
    NOT_FILED,
    ALREADY_SETTLED
}
