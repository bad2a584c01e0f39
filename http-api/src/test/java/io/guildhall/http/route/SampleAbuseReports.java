package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.domain.abusereport.AbuseReport.Outcome;
import io.guildhall.domain.abusereport.AbuseReport.Resolution;
import io.guildhall.domain.abusereport.ReportedConduct;
import io.guildhall.domain.abusereport.ReportedConduct.ReportedMessage;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.abusereport.AbuseReportRow;
import io.guildhall.projections.readmodel.abusereport.AbuseReports;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One settled report, also in the list of open ones. */
final class SampleAbuseReports implements AbuseReports {
    private static final AbuseReportRow REPORT = new AbuseReportRow(
            "abr_1",
            new ReportedConduct(
                    "rm_1", "acc_1", "acc_2", Optional.of(new ReportedMessage("msg_1", 1, "Hello")), "Spam"),
            SampleReadModel.AT,
            Optional.of(new Resolution("acc_admin", Outcome.DISMISSED, "No spam", SampleReadModel.AT)));

    @Override
    public CompletionStage<Page<AbuseReportRow>> all(Page.Request page) {
        return completedFuture(new Page<>(List.of(REPORT), Optional.empty()));
    }

    @Override
    public CompletionStage<Page<AbuseReportRow>> open(Page.Request page) {
        return all(page);
    }
}
