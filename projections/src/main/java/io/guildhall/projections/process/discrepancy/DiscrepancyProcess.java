package io.guildhall.projections.process.discrepancy;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand.Close;
import io.guildhall.domain.discrepancy.DiscrepancyEvent;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.kernel.Backoff;
import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Movement;
import io.guildhall.port.PaymentGateway.PaymentResult;
import io.guildhall.port.PaymentGateway.SearchResult;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Raises the alarm for each discrepancy that was recorded, once, however often it is reported. Asks the provider again
 * about what it has denied, for about a month or when another payment of the escrow succeeds, and closes the discrepancy
 * when the provider confirms it.
 */
public final class DiscrepancyProcess implements Process {
    static final DeadlineKind CONFIRM = new DeadlineKind("discrepancy-confirm");

    private static final Logger LOG = LoggerFactory.getLogger(DiscrepancyProcess.class);
    private static final Backoff PAUSES = new Backoff(Duration.ofMinutes(1), Duration.ofDays(1));
    /** About a month. The discrepancy stays on the operator's list. */
    private static final int MAX_QUERIES = 40;
    /** Practically never: the deadline is due again only when an event makes it due. */
    private static final Duration UNTIL_MADE_DUE = Duration.ofDays(36_500);

    private static final String CONFIRMED_BY = "guildhall";
    private static final String CONFIRMED = "The provider has confirmed it since.";

    private final Entities entities;
    private final Schedule schedule;
    private final PaymentGateway gateway;
    private final Consumer<Report.Kind> alarm;

    /** @param alarm counts discrepancies for the operator's monitoring */
    public DiscrepancyProcess(
            Entities entities, Schedule schedule, PaymentGateway gateway, Consumer<Report.Kind> alarm) {
        this.entities = entities;
        this.schedule = schedule;
        this.gateway = gateway;
        this.alarm = alarm;
    }

    @Override
    public String name() {
        return "discrepancy";
    }

    /** Starts now: alarms about past events are useless. */
    @Override
    public Start start() {
        return Start.now();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Discrepancy.AGGREGATE, this::onDiscrepancyEvent), on(Escrow.AGGREGATE, this::onEscrowEvent));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of(CONFIRM, this::confirm);
    }

    private CompletionStage<Void> onDiscrepancyEvent(Recorded<DiscrepancyEvent> recorded) {
        return switch (recorded.event()) {
            case DiscrepancyEvent.Reported e -> {
                raiseAlarm(recorded.entityId(), e.report());
                yield e.report().canBeConfirmed()
                        ? schedule.plan(
                                recorded.correlation(),
                                CONFIRM.forEntity(recorded.entityId()),
                                e.report().subject(),
                                e.at().plus(PAUSES.after(1)))
                        : NOTHING;
            }
            // The deadline finds that the discrepancy is closed, and ends.
            case DiscrepancyEvent.Closed e ->
                e.report().canBeConfirmed() ? schedule.makeDue(CONFIRM, recorded.entityId()) : NOTHING;
            case DiscrepancyEvent.ReturnStep _, DiscrepancyEvent.Returned _ -> NOTHING;
        };
    }

    /** Logs what needs an operator as an error. */
    private void raiseAlarm(String id, Report report) {
        LOG.atLevel(report.mustBeReturned() ? Level.INFO : Level.ERROR)
                .log(
                        "Discrepancy {} ({}): {} {} of {} for {}, expected {}; {}",
                        id,
                        report.kind(),
                        report.movement(),
                        report.reference(),
                        report.amount().text(),
                        report.subject(),
                        report.expected().map(Money::text).orElse("nothing"),
                        report.mustBeReturned() ? "sending the money back" : "see ./guildhall tasks");
        alarm.accept(report.kind());
    }

    /** A payment of the escrow has succeeded: it may be one that the provider has denied before. */
    private CompletionStage<Void> onEscrowEvent(Recorded<EscrowEvent> recorded) {
        return switch (recorded.event()) {
            case EscrowEvent.MoneyEvent _ -> schedule.makeGroupDue(CONFIRM, recorded.entityId());
            case EscrowEvent.CallEvent _,
                    EscrowEvent.OutsideEvent _,
                    EscrowEvent.SplitEvent _,
                    EscrowEvent.Opened _,
                    EscrowEvent.Cancelled _ -> NOTHING;
        };
    }

    private CompletionStage<DeadlineResult> confirm(Deadline due) {
        return entities.state(Discrepancy.AGGREGATE, due.entityId()).thenCompose(discrepancy -> switch (discrepancy) {
            case Discrepancy.Waiting waiting -> confirm(due, waiting.report());
            case Discrepancy.NotCreated _, Discrepancy.Returning _, Discrepancy.Returned _, Discrepancy.Closed _ ->
                completedFuture(DeadlineResult.done());
        });
    }

    private CompletionStage<DeadlineResult> confirm(Deadline due, Report report) {
        return movement(report.movement())
                .map(movement -> gateway.retrieve(movement, report.reference())
                        .thenCompose(reply -> isConfirmed(report, reply)
                                ? close(due)
                                : completedFuture(DeadlineResult.retryAfter(pause(due)))))
                .orElseGet(() -> completedFuture(DeadlineResult.done()));
    }

    private static Duration pause(Deadline due) {
        return due.run() < MAX_QUERIES ? PAUSES.after(due.run()) : UNTIL_MADE_DUE;
    }

    private CompletionStage<DeadlineResult> close(Deadline due) {
        return entities.execute(
                        due.correlation(), Discrepancy.AGGREGATE, due.entityId(), new Close(CONFIRMED_BY, CONFIRMED))
                .thenApply(_ -> DeadlineResult.done());
    }

    private static boolean isConfirmed(Report report, SearchResult reply) {
        return switch (reply) {
            case SearchResult.Found(var id, PaymentResult.Succeeded stated) ->
                id.subject().equals(report.subject())
                        && (id.attempt() == report.attempt() || report.attempt() == 0)
                        && stated.amount().equals(report.amount());
            case SearchResult.Found _, SearchResult.NotFound _, SearchResult.Unreachable _ -> false;
        };
    }

    private static Optional<Movement> movement(Report.Movement movement) {
        return switch (movement) {
            case CHARGE -> Optional.of(Movement.CHARGE);
            case TRANSFER -> Optional.of(Movement.TRANSFER);
            case REFUND -> Optional.of(Movement.REFUND);
            case NONE -> Optional.empty();
        };
    }
}
