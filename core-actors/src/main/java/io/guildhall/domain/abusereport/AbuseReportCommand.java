package io.guildhall.domain.abusereport;

/** Commands that an abuse report accepts. */
public sealed interface AbuseReportCommand {
    /** A member of a room reports the other member. Repeating it changes nothing. */
    record File(ReportedConduct conduct) implements AbuseReportCommand {}

    /**
     * An admin has dealt with the report.
     *
     * @param by the account id of the admin
     */
    record Settle(String by, AbuseReport.Outcome outcome, String note) implements AbuseReportCommand {}
}
