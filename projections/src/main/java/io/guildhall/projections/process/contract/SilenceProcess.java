package io.guildhall.projections.process.contract;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand.EndSilence;
import io.guildhall.domain.contract.ContractCommand.IssueWarning;
import io.guildhall.domain.contract.ContractCommand.RecordWarningTold;
import io.guildhall.domain.contract.ContractCommand.SilenceCommand;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.HeldMoney;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.kernel.Backoff;
import io.guildhall.projections.Deadline;
import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.DeadlineResult;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.Start;
import io.guildhall.projections.notify.ContractNotifications;
import io.guildhall.projections.notify.Notification;
import io.guildhall.projections.notify.Reasons;
import io.guildhall.projections.notify.SeparateMails;
import io.guildhall.projections.process.NotificationMails;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Runs the silence periods of milestones: issues each warning when it is due, tells both parties of it, and ends the
 * period when silence counts as consent. Each step decides from the contract's own state; a warning that could not be
 * told yet is tried again, and the period does not end before.
 */
public final class SilenceProcess implements Process {
    static final DeadlineKind STEP = new DeadlineKind("contract-silence");
    static final DeadlineKind TELL = new DeadlineKind("contract-silence-warning");
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(10), Duration.ofHours(1));

    private static final Duration SUSPENDED_PAUSE = Duration.ofHours(1);

    private final Entities entities;
    private final Schedule schedule;
    private final InstantSource clock;
    private final NotificationMails mails;

    public SilenceProcess(Entities entities, Schedule schedule, InstantSource clock, NotificationMails mails) {
        this.entities = entities;
        this.schedule = schedule;
        this.clock = clock;
        this.mails = mails;
    }

    @Override
    public String name() {
        return "silence";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Contract.AGGREGATE, this::onContractEvent));
    }

    @Override
    public Map<DeadlineKind, DeadlineHandler> deadlines() {
        return Map.of(STEP, due -> running(due, this::step), TELL, due -> running(due, this::tell));
    }

    private CompletionStage<Void> onContractEvent(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.SilenceStarted e -> planStep(recorded, e.number(), e.period());
            case ContractEvent.WarningTold e -> planStep(recorded, e.number(), e.period());
            case ContractEvent.WarningIssued e ->
                schedule.plan(recorded.correlation(), TELL.forEntity(recorded.entityId(), e.number()), e.at());
            case ContractEvent.MilestoneEvent _,
                    ContractEvent.StandingEvent _,
                    ContractEvent.Created _,
                    ContractEvent.Completed _,
                    ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    private CompletionStage<Void> planStep(Recorded<?> cause, int milestone, SilencePeriod period) {
        return schedule.plan(cause.correlation(), STEP.forEntity(cause.entityId(), milestone), period.nextStepAt());
    }

    /** A milestone whose silence period runs. */
    private record Running(Deal deal, Milestone milestone, HeldMoney money, SilencePeriod period) {
        static Optional<Running> of(Contract contract, int number) {
            return contract.findDetails()
                    .flatMap(details -> details.milestone(number)
                            .flatMap(milestone -> details.held(number)
                                    .silence()
                                    .map(it -> new Running(details.deal(), milestone, details.held(number), it))));
        }
    }

    /** Does nothing if the period is over: then the parties have reacted. */
    private CompletionStage<DeadlineResult> running(
            Deadline due, BiFunction<Deadline, Running, CompletionStage<DeadlineResult>> step) {
        return entities.state(Contract.AGGREGATE, due.entityId())
                .thenCompose(contract -> Running.of(contract, due.number())
                        .map(it -> step.apply(due, it))
                        .orElseGet(() -> completedFuture(DeadlineResult.done())));
    }

    /** A warning that was issued plans the next step once it was sent. */
    private CompletionStage<DeadlineResult> step(Deadline due, Running it) {
        if (it.money().issued().isPresent()) return completedFuture(DeadlineResult.done());
        var remaining = Duration.between(clock.instant(), it.period().nextStepAt());
        if (remaining.isPositive()) return completedFuture(DeadlineResult.retryAfter(remaining));
        int period = it.period().number();
        return execute(
                due,
                it.period()
                        .nextWarning()
                        .<SilenceCommand>map(days -> new IssueWarning(due.number(), period, days))
                        .orElseGet(() -> new EndSilence(due.number(), period)));
    }

    private CompletionStage<DeadlineResult> tell(Deadline due, Running it) {
        return it.money()
                .issued()
                .map(days -> tell(due, it, days))
                .orElseGet(() -> completedFuture(DeadlineResult.done()));
    }

    private CompletionStage<DeadlineResult> tell(Deadline due, Running it, int days) {
        return mail(due, it, days, it.deal().clientId())
                .thenCombine(mail(due, it, days, it.deal().freelancerId()), Boolean::logicalAnd)
                .thenCompose(wasSent -> wasSent
                        ? execute(
                                due,
                                new RecordWarningTold(due.number(), it.period().number(), days))
                        : completedFuture(DeadlineResult.retryAfter(PAUSES.after(due.run()))));
    }

    private CompletionStage<Boolean> mail(Deadline due, Running it, int days, String recipient) {
        var kind = ContractNotifications.kind(it.period().kind());
        var id = SeparateMails.ofWarning(
                due.entityId(), due.number(), it.period().number(), days, recipient);
        return mails.send(
                id,
                Notification.ofContract(
                        id,
                        recipient,
                        kind,
                        it.milestone().title(),
                        Reasons.ofSilence(days),
                        due.entityId(),
                        clock.instant()));
    }

    /** Tries again if the clock of the contract's node is behind, or while a suspended freelancer would be paid. */
    private CompletionStage<DeadlineResult> execute(Deadline due, SilenceCommand command) {
        return entities.execute(due.correlation(), Contract.AGGREGATE, due.entityId(), command)
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Done<Contract, ContractRejection> _ -> DeadlineResult.done();
                    // Silence does not agree to what would pay a suspended freelancer.
                    case Outcome.Rejected<Contract, ContractRejection>(var reason)
                    when reason == ContractRejection.COUNTERPART_SUSPENDED ->
                        DeadlineResult.retryAfter(SUSPENDED_PAUSE);
                    case Outcome.Rejected<Contract, ContractRejection>(var reason) -> DeadlineResult.rejected(reason);
                });
    }
}
