package io.guildhall.domain.abusereport;

import static io.guildhall.domain.abusereport.AbuseReportRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.abusereport.AbuseReportCommand.File;
import io.guildhall.domain.abusereport.AbuseReportCommand.Settle;
import io.guildhall.domain.abusereport.AbuseReportEvent.Filed;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import io.guildhall.kernel.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A member's report to the admins about a message, or about the other member's conduct in a room. Its id is derived from
 * the reporter and what is reported, so a member reports each message once. An admin settles it.
 */
public sealed interface AbuseReport extends Journalled {
    Aggregate<AbuseReport, AbuseReportCommand, AbuseReportEvent, AbuseReportRejection> AGGREGATE = new Aggregate<>(
                    "abuse-report",
                    AbuseReport.class,
                    AbuseReportCommand.class,
                    AbuseReportEvent.class,
                    AbuseReportRejection.class,
                    new NotCreated(),
                    AbuseReport::decide,
                    AbuseReport::evolve)
            .ownedBy((_, report) -> report.findConduct()
                    .map(it -> List.of(it.reporterId(), it.accusedId()))
                    .orElse(List.of()));

    String PREFIX = "abr";

    /** @param messageNumber of the reported message; 0 if the room is reported */
    static String id(String roomId, String reporterId, long messageNumber) {
        return PREFIX + "_"
                + Sha256.hex(roomId + "|" + reporterId + "|" + messageNumber).substring(0, 40);
    }

    record NotCreated() implements AbuseReport {}

    record Open(ReportedConduct conduct, Optional<MessageHistory> history, Instant filedAt) implements AbuseReport {}

    record Settled(ReportedConduct conduct, Optional<MessageHistory> history, Instant filedAt, Resolution resolution)
            implements AbuseReport {
        /** A repeated request. */
        private boolean isSettledBy(Settle command) {
            return resolution.by.equals(command.by())
                    && resolution.outcome == command.outcome()
                    && resolution.note.equals(command.note());
        }
    }

    /** What an admin has decided. The names are stored and never change. */
    enum Outcome {
        DISMISSED,
        /** The admin has removed a member, suspended an account or otherwise acted. */
        ACTION_TAKEN
    }

    /** @param by the account id of the admin */
    record Resolution(String by, Outcome outcome, @Personal String note, Instant at) {}

    default Optional<ReportedConduct> findConduct() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Open report -> Optional.of(report.conduct);
            case Settled report -> Optional.of(report.conduct);
        };
    }

    /** The texts of the reported message. */
    default Optional<MessageHistory> findHistory() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Open report -> report.history;
            case Settled report -> report.history;
        };
    }

    default Optional<Instant> findFiledAt() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Open report -> Optional.of(report.filedAt);
            case Settled report -> Optional.of(report.filedAt);
        };
    }

    default Optional<Resolution> findResolution() {
        return switch (this) {
            case NotCreated _, Open _ -> Optional.empty();
            case Settled report -> Optional.of(report.resolution);
        };
    }

    default Decision<AbuseReportEvent, AbuseReportRejection> decide(AbuseReportCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case File file -> accept(new Filed(file.conduct(), file.history(), now));
                    case Settle _ -> reject(NOT_FILED);
                };
            case Open _ ->
                switch (command) {
                    case File _ -> accept();
                    case Settle settle ->
                        accept(new AbuseReportEvent.Settled(settle.by(), settle.outcome(), settle.note(), now));
                };
            case Settled settled ->
                switch (command) {
                    case File _ -> accept();
                    case Settle settle -> settled.isSettledBy(settle) ? accept() : reject(ALREADY_SETTLED);
                };
        };
    }

    default AbuseReport evolve(AbuseReportEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Filed filed -> new Open(filed.conduct(), filed.history(), filed.at());
                    case AbuseReportEvent.Settled _ -> throw new CorruptJournalException(this, event);
                };
            case Open open ->
                switch (event) {
                    case AbuseReportEvent.Settled it ->
                        new Settled(
                                open.conduct,
                                open.history,
                                open.filedAt,
                                new Resolution(it.by(), it.outcome(), it.note(), it.at()));
                    case Filed _ -> throw new CorruptJournalException(this, event);
                };
            case Settled _ -> throw new CorruptJournalException(this, event);
        };
    }
}
