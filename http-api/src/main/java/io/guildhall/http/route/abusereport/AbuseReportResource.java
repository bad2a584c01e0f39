package io.guildhall.http.route.abusereport;

import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.abusereport.AbuseReport.Outcome;
import io.guildhall.domain.abusereport.AbuseReport.Resolution;
import io.guildhall.domain.abusereport.MessageHistory;
import io.guildhall.domain.abusereport.ReportedConduct;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.projections.readmodel.abusereport.AbuseReportRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An abuse report, for admins. */
public record AbuseReportResource(
        String id,
        String roomId,
        UserResource reporter,
        UserResource accused,
        Optional<ReportedMessageResource> message,
        Optional<MessageHistoryResource> history,
        String reason,
        Instant filedAt,
        Optional<ResolutionResource> resolution) {

    public record ReportedMessageResource(String id, long number, String text) {}

    /** What the message has said until it was reported; absent in lists. */
    public record MessageHistoryResource(List<MessageVersionResource> texts, Optional<Instant> deletedAt) {
        static MessageHistoryResource from(MessageHistory history) {
            return new MessageHistoryResource(
                    history.texts().stream()
                            .map(it -> new MessageVersionResource(it.text(), it.at()))
                            .toList(),
                    history.deletedAt());
        }
    }

    public record MessageVersionResource(String text, Instant at) {}

    public record ResolutionResource(UserResource by, Outcome outcome, String note, Instant at) {}

    static AbuseReportResource fromRow(AbuseReportRow row) {
        return from(row.id(), row.conduct(), Optional.empty(), row.filedAt(), row.resolution());
    }

    static AbuseReportResource fromReport(String id, AbuseReport report) {
        return from(
                id,
                report.findConduct().orElseThrow(AggregateApi::notFound),
                report.findHistory(),
                report.findFiledAt().orElseThrow(AggregateApi::notFound),
                report.findResolution());
    }

    private static AbuseReportResource from(
            String id,
            ReportedConduct conduct,
            Optional<MessageHistory> history,
            Instant filedAt,
            Optional<Resolution> resolution) {
        return new AbuseReportResource(
                id,
                conduct.roomId(),
                UserResource.of(conduct.reporterId()),
                UserResource.of(conduct.accusedId()),
                conduct.message().map(it -> new ReportedMessageResource(it.id(), it.number(), it.text())),
                history.map(MessageHistoryResource::from),
                conduct.reason(),
                filedAt,
                resolution.map(
                        it -> new ResolutionResource(UserResource.of(it.by()), it.outcome(), it.note(), it.at())));
    }
}
