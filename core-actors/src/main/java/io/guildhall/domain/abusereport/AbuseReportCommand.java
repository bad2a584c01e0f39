package io.guildhall.domain.abusereport;

import java.util.Optional;

/** Commands that an abuse report accepts. */
public sealed interface AbuseReportCommand {
    /**
     * A member of a room reports the other member. Repeating it changes nothing.
     *
     * @param history of the reported message; commands of nodes of the previous version do not have it
     */
    record File(ReportedConduct conduct, Optional<MessageHistory> history) implements AbuseReportCommand {
        public File(ReportedConduct conduct) {
            this(conduct, Optional.empty());
        }
    }

    /**
     * An admin has dealt with the report.
     *
     * @param by the account id of the admin
     */
    record Settle(String by, AbuseReport.Outcome outcome, String note) implements AbuseReportCommand {}
}
