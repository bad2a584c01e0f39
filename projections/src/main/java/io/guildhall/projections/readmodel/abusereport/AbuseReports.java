package io.guildhall.projections.readmodel.abusereport;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface AbuseReports {
    /** Lists all reports, newest first. */
    CompletionStage<Page<AbuseReportRow>> all(Page.Request page);

    /** Lists the reports that no admin has settled, oldest first. */
    CompletionStage<Page<AbuseReportRow>> open(Page.Request page);
}
