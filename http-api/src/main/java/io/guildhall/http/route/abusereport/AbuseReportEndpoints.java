package io.guildhall.http.route.abusereport;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.abusereport.AbuseReport.Outcome;
import io.guildhall.domain.abusereport.AbuseReportCommand;
import io.guildhall.domain.abusereport.AbuseReportCommand.File;
import io.guildhall.domain.abusereport.AbuseReportCommand.Settle;
import io.guildhall.domain.abusereport.AbuseReportRejection;
import io.guildhall.domain.abusereport.MessageHistory;
import io.guildhall.domain.abusereport.ReportedConduct;
import io.guildhall.domain.abusereport.ReportedConduct.ReportedMessage;
import io.guildhall.domain.room.Room;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.abusereport.AbuseReports;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.Messages;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Report messages and rooms to the admins, who settle the reports. */
public final class AbuseReportEndpoints {
    private static final Query<Boolean> SETTLED =
            Query.flag("settled", "Include settled reports.").orElse(false);
    private static final AccountLimit REPORTS = AccountLimit.perHour("abuse-report", 60, "sent too many reports");
    private static final String REPORT = "/api/admin/abuse-reports/{reportId}";

    private final AggregateApi<AbuseReport, AbuseReportCommand, AbuseReportRejection> reports;
    private final AggregateReader<Room> rooms;
    private final Messages messages;
    private final CurrentMessages current;
    private final AbuseReports lists;

    public AbuseReportEndpoints(Entities entities, Messages messages, CurrentMessages current, AbuseReports lists) {
        this.reports = new AggregateApi<>(entities, AbuseReport.AGGREGATE, AbuseReportEndpoints::problem);
        this.rooms = new AggregateReader<>(entities, Room.AGGREGATE);
        this.messages = messages;
        this.current = current;
        this.lists = lists;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/rooms/{roomId}/abuse-reports",
                                "Report a message, or the other member's conduct in the room, to the admins. Repeating it changes nothing.")
                        .requiresLogin()
                        .accepts(AbuseReportFields.class)
                        .returns(201, FiledReport.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .limited(REPORTS)
                        .problems(422, "no-such-message", "own-message")
                        .handledBy(this::file),
                get("/api/admin/abuse-reports", "List open abuse reports, oldest first; all reports, newest first.")
                        .requires(ADMIN)
                        .queries(SETTLED)
                        .returnsPageOf(AbuseReportResource.class)
                        .handledBy(this::list),
                get(REPORT, "Get an abuse report.")
                        .requires(ADMIN)
                        .returns(200, AbuseReportResource.class)
                        .problems(404, "not-found")
                        .handledBy(call -> {
                            var id = call.pathId("reportId", AbuseReport.PREFIX);
                            return reports.read(id).thenApply(it -> AbuseReportResource.fromReport(id, it));
                        }),
                post(REPORT + "/settle", "Settle an abuse report, with a note about what was done.")
                        .requires(ADMIN)
                        .accepts(SettlementFields.class)
                        .returns(200, AbuseReportResource.class)
                        .problems(404, "not-found")
                        .problems(409, "report-settled")
                        .handledBy(this::settle));
    }

    public record AbuseReportFields(
            Optional<@Min(1) Long> messageNumber,
            @NotBlank @Paragraphs(max = 1_000) String reason) {}

    /** A report that was filed. */
    public record FiledReport(String id) {}

    public record SettlementFields(
            @NotNull Outcome outcome,
            @NotBlank @Paragraphs(max = 1_000) String note) {}

    private CompletionStage<FiledReport> file(Call<AbuseReportFields> call) {
        var roomId = call.pathId("roomId", "rm");
        var me = call.caller().id();
        return rooms.read(roomId, it -> it.isVisibleTo(me))
                .thenCompose(room -> message(call, roomId).thenCompose(message -> {
                    var conduct = new ReportedConduct(
                            roomId, me, other(room, me), message, call.body().reason());
                    var id = AbuseReport.id(
                            roomId, me, message.map(ReportedMessage::number).orElse(0L));
                    return history(roomId, message)
                            .thenCompose(history -> reports.execute(call, id, new File(conduct, history)))
                            .thenApply(_ -> new FiledReport(id));
                }));
    }

    private CompletionStage<Optional<MessageHistory>> history(String roomId, Optional<ReportedMessage> message) {
        return message.map(it -> current.history(roomId, it.id(), it.number()).thenApply(Optional::of))
                .orElseGet(() -> completedFuture(Optional.empty()));
    }

    private static String other(Room room, String me) {
        return room.findContent().orElseThrow(AggregateApi::notFound).subject().otherThan(me);
    }

    /** The message as it is now: its author can change it later. */
    private CompletionStage<Optional<ReportedMessage>> message(Call<AbuseReportFields> call, String roomId) {
        var number = call.body().messageNumber();
        if (number.isEmpty()) return completedFuture(Optional.empty());
        return messages.around(roomId, number.get(), 1).thenApply(rows -> {
            MessageRow found = rows.stream()
                    .filter(it -> it.number() == number.get())
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            422,
                            "no-such-message",
                            "The room has no message with this number. Read its messages first."));
            if (found.authorId().equals(Optional.of(call.caller().id())))
                throw new Problem(422, "own-message", "You cannot report your own message.");
            return Optional.of(new ReportedMessage(found.id(), found.number(), found.text()));
        });
    }

    private CompletionStage<Page<AbuseReportResource>> list(Call<Void> call) {
        var rows = call.query(SETTLED) ? lists.all(call.page()) : lists.open(call.page());
        return rows.thenApply(page -> page.map(AbuseReportResource::fromRow));
    }

    private CompletionStage<AbuseReportResource> settle(Call<SettlementFields> call) {
        var id = call.pathId("reportId", AbuseReport.PREFIX);
        var body = call.body();
        return reports.execute(call, id, new Settle(call.caller().id(), body.outcome(), body.note()))
                .thenApply(it -> AbuseReportResource.fromReport(id, it));
    }

    private static Problem problem(AbuseReportRejection rejection) {
        return switch (rejection) {
            case NOT_FILED -> AggregateApi.notFound();
            case ALREADY_SETTLED ->
                new Problem(409, "report-settled", "The report was settled already. Read it for the outcome.");
        };
    }
}
