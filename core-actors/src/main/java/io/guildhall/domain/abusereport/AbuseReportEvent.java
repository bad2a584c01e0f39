package io.guildhall.domain.abusereport;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of an abuse report, stored permanently: add new ones, never change existing ones. */
public sealed interface AbuseReportEvent extends Journalled {
    @JournalName("abuse-report.filed")
    record Filed(ReportedConduct conduct, Instant at) implements AbuseReportEvent {}

    /** @param by the account id of the admin */
    @JournalName("abuse-report.settled")
    record Settled(String by, AbuseReport.Outcome outcome, String note, Instant at) implements AbuseReportEvent {}
}
