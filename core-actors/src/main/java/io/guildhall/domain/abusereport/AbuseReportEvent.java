package io.guildhall.domain.abusereport;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;
import java.util.Optional;

/** Events of an abuse report, stored permanently: add new ones, never change existing ones. */
public sealed interface AbuseReportEvent extends Journalled {
    /** @param history of the reported message; the oldest events do not have it */
    @JournalName("abuse-report.filed")
    record Filed(ReportedConduct conduct, Optional<MessageHistory> history, Instant at) implements AbuseReportEvent {
        public Filed(ReportedConduct conduct, Instant at) {
            this(conduct, Optional.empty(), at);
        }
    }

    /** @param by the account id of the admin */
    @JournalName("abuse-report.settled")
    record Settled(
            String by,
            AbuseReport.Outcome outcome,
            @Personal String note,
            Instant at) implements AbuseReportEvent {}
}
