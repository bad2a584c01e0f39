package io.guildhall.http.route.abusereport;

import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.abusereport.AbuseReport.Outcome;
import io.guildhall.domain.abusereport.AbuseReport.Resolution;
import io.guildhall.domain.abusereport.ReportedConduct;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.projections.readmodel.abusereport.AbuseReportRow;
import java.time.Instant;
import java.util.Optional;

/** An abuse report, for admins. */
public record AbuseReportResource(
        String id,
        String roomId,
        String reporterId,
        String accusedId,
        Optional<ReportedMessageResource> message,
        String reason,
        Optional<ResolutionResource> resolution) {

    public record ReportedMessageResource(String id, long number, String text) {}

    public record ResolutionResource(String by, Outcome outcome, String note, Instant at) {}

    static AbuseReportResource fromRow(AbuseReportRow row) {
        return from(row.id(), row.conduct(), row.resolution());
    }

    static AbuseReportResource fromReport(String id, AbuseReport report) {
        return from(id, report.findConduct().orElseThrow(AggregateApi::notFound), report.findResolution());
    }

    private static AbuseReportResource from(String id, ReportedConduct conduct, Optional<Resolution> resolution) {
        return new AbuseReportResource(
                id,
                conduct.roomId(),
                conduct.reporterId(),
                conduct.accusedId(),
                conduct.message().map(it -> new ReportedMessageResource(it.id(), it.number(), it.text())),
                conduct.reason(),
                resolution.map(it -> new ResolutionResource(it.by(), it.outcome(), it.note(), it.at())));
    }
}
