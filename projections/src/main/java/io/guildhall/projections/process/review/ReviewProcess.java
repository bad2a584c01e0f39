package io.guildhall.projections.process.review;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractEvent;
import io.guildhall.domain.review.Review;
import io.guildhall.domain.review.ReviewCommand;
import io.guildhall.domain.review.ReviewEvent;
import io.guildhall.domain.review.ReviewRejection;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.review.Subject;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.process.CommandSender;
import io.guildhall.projections.process.Deadline;
import io.guildhall.projections.process.DeadlineHandler;
import io.guildhall.projections.process.DeadlineResult;
import io.guildhall.projections.process.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A completed contract is reviewed by both sides, blind: what was written is shown when both have written or their time is over. */
public final class ReviewProcess implements Process {
    public static final String CLOSE = "review-close";

    private final Entities entities;
    private final CommandSender sender;
    private final Schedule schedule;

    public ReviewProcess(Entities entities, Schedule schedule) {
        this.entities = entities;
        this.sender = new CommandSender(entities);
        this.schedule = schedule;
    }

    @Override
    public String name() {
        return "review";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Contract.AGGREGATE, this::contract), on(Review.AGGREGATE, this::review));
    }

    /** What is to be done for each kind of row. */
    public Map<String, DeadlineHandler> kinds() {
        return Map.of(CLOSE, this::close);
    }

    CompletionStage<Void> contract(Recorded<ContractEvent> recorded) {
        return switch (recorded.event()) {
            case ContractEvent.Completed e -> open(recorded, e);
            case ContractEvent.MilestoneEvent _, ContractEvent.Drawn _, ContractEvent.Cancelled _ -> NOTHING;
        };
    }

    CompletionStage<Void> review(Recorded<ReviewEvent> recorded) {
        return switch (recorded.event()) {
            case ReviewEvent.Opened e ->
                schedule.at(
                        recorded.correlation(),
                        CLOSE,
                        recorded.entityId(),
                        recorded.entityId(),
                        e.subject().closesAt());
            case ReviewEvent.Written e -> reveal(recorded, e.subject().mirrored());
            case ReviewEvent.Revealed e -> reveal(recorded, e.subject().mirrored());
            case ReviewEvent.Lapsed _ -> NOTHING;
        };
    }

    private CompletionStage<Void> open(Recorded<?> cause, ContractEvent.Completed e) {
        var deal = e.deal();
        var client = new Subject(
                cause.entityId(),
                deal.title(),
                Side.CLIENT,
                deal.clientId(),
                deal.freelancerId(),
                e.at().plus(Review.PERIOD));
        return open(cause, client).thenCompose(_ -> open(cause, client.mirrored()));
    }

    private CompletionStage<Void> open(Recorded<?> cause, Subject subject) {
        return sender.send(cause, Review.AGGREGATE, id(subject), new ReviewCommand.Open(subject));
    }

    /** Shown as soon as the other side has written as well; until then, and if it never does, its own time decides. */
    private CompletionStage<Void> reveal(Recorded<?> cause, Subject subject) {
        var reveal = new ReviewCommand.Reveal();
        return sender.send(
                cause,
                Review.AGGREGATE,
                id(subject),
                reveal,
                refusal -> refusal == ReviewRejection.NOT_WRITTEN
                        ? NOTHING
                        : CommandSender.broken(Review.AGGREGATE, id(subject), reveal, refusal));
    }

    private CompletionStage<DeadlineResult> close(Deadline due) {
        return entities.execute(due.correlation(), Review.AGGREGATE, due.entityId(), new ReviewCommand.EndPeriod())
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Done<Review, ReviewRejection> _ -> DeadlineResult.done();
                    case Outcome.Refused<Review, ReviewRejection> _ -> DeadlineResult.again(Duration.ofMinutes(1));
                });
    }

    private static String id(Subject subject) {
        return Review.id(subject.contractId(), subject.side());
    }
}
